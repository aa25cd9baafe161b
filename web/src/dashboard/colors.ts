// A canvas knows no style sheet, so the chart asks it for its colours.

export interface Colors {
  readonly accent: string;
  readonly area: string;
  readonly before: string;
  readonly card: string;
  readonly line: string;
  readonly muted: string;
  readonly font: string;
}

/** The colours of the scheme in force, resolved by having them painted. */
export function readColors(): Colors {
  const probe = document.body.appendChild(document.createElement('span'));
  const of = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colors = {
    accent: of('accent'), area: of('area'), before: of('before'), card: of('card'), line: of('line'), muted: of('muted'),
    font: `12px ${getComputedStyle(probe).fontFamily}`,
  };
  probe.remove();
  return colors;
}

/** Calls back when the scheme changes; returns how to stop it. */
export function onColorsChanged(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', changed);
  return () => dark.removeEventListener('change', changed);
}
