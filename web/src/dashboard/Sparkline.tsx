const [width, height, inset] = [96, 24, 2];

/** A small line without scale, to see the shape only; the numbers stand beside it. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const highest = Math.max(1, ...values);
  const at = (value: number, index: number) => {
    const x = inset + index * (width - 2 * inset) / Math.max(1, values.length - 1);
    const y = height - inset - value * (height - 2 * inset) / highest;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
  const line = values.map(at).join('L');
  return (
    <svg class="sparkline" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {values.length > 1 && <path class="area" d={`M${line}L${width - inset} ${height}L${inset} ${height}Z`} />}
      {values.length > 1 && <path d={`M${line}`} />}
    </svg>
  );
}
