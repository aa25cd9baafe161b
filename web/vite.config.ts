import { defineConfig } from 'vite';
import { runbook } from './runbook.ts';

const host = 'http://127.0.0.1:7071';

export default defineConfig({
  // Nothing may stand in the page itself: its policy allows files of this server only.
  plugins: [runbook],
  build: {
    rolldownOptions: { input: ['index.html', 'runbook.html'] },
    target: 'es2022', cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // `npm run dev` shows a running host's numbers.
  server: { proxy: { '/api': host, '/health': host, '/metrics': host, '/openapi': host } },
});
