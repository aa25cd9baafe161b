import type uPlot from 'uplot';
import type { ChartPoint } from './chart-data';
import type { Colors } from './colors';

const mostMarks = 62;
const radius = 3;
const stripHeight = 3;

/**
 * How true each point is: a filled mark is final, a hollow one live. A strip along the time axis says the same where the
 * points are too close for marks.
 */
export function drawTruth(chart: uPlot, points: readonly ChartPoint[], colors: Colors): void {
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  const x = (index: number) => chart.valToPos(chart.data[0]![index]!, 'x', true);
  ctx.save();
  for (let index = 0; index < points.length; index++) {
    const isFinal = points[index]!.accuracy === 'final';
    const [left, right] = [index === 0 ? x(0) : (x(index - 1) + x(index)) / 2, index === points.length - 1 ? x(index) : (x(index) + x(index + 1)) / 2];
    ctx.fillStyle = isFinal ? colors.accent : colors.line;
    ctx.fillRect(left, bbox.top + bbox.height, Math.max(1, right - left), stripHeight * scale);
  }

  if (points.length <= mostMarks)
    points.forEach((point, index) => drawMark(chart, point, index, x(index), colors));
  ctx.restore();
}

function drawMark({ ctx, data, valToPos }: uPlot, point: ChartPoint, index: number, x: number, colors: Colors): void {
  const value = data[2]![index] ?? data[3]![index];
  if (value == null)
    return;
  ctx.beginPath();
  ctx.arc(x, valToPos(value, 'y', true), radius * devicePixelRatio, 0, 2 * Math.PI);
  ctx.fillStyle = point.accuracy === 'final' ? colors.accent : colors.card;
  ctx.strokeStyle = colors.accent;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.fill();
  ctx.stroke();
}
