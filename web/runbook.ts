// Makes the page /runbook of docs/operations.md, when the dashboard is built: a page of text, without a script.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked, type RendererObject } from 'marked';
import type { Plugin } from 'vite';

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'docs', 'operations.md');

// As GitHub names headings, so that one reference leads to both.
const anchorOf = (text: string): string => text.toLowerCase().replace(/[^\p{Letter}\p{Number}\s_-]/gu, '').trim().replaceAll(/\s/g, '-');

const renderer: RendererObject = {
  heading({ tokens, depth, text }) {
    return `<h${depth} id="${anchorOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
  },
  // Other files of the documentation are not served: their names stand there as text.
  link({ href, tokens }) {
    const text = this.parser.parseInline(tokens);
    return href.startsWith('#') ? `<a href="${href}">${text}</a>` : text;
  },
  table(token) {
    const cells = (row: typeof token.header, tag: 'th' | 'td') => row.map(cell => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('');
    const name = token.header.map(cell => cell.text).join(', ').replaceAll(/[`"<>&]/g, '') || 'Table';
    return `<div class="scroll" tabindex="0" role="region" aria-label="Table: ${name}"><table><thead><tr>${cells(token.header, 'th')}</tr></thead>`
      + `<tbody>${token.rows.map(row => `<tr>${cells(row, 'td')}</tr>`).join('')}</tbody></table></div>\n`;
  },
  code({ text }) {
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return `<pre tabindex="0"><code>${escaped}</code></pre>\n`;
  },
};

/** Puts the text into the page. */
export const runbook: Plugin = {
  name: 'runbook',
  transformIndexHtml: {
    order: 'pre',
    handler: (html: string) => html.replace('<!--text-->', () => new Marked({ renderer }).parse(readFileSync(source, 'utf8'), { async: false })),
  },
};
