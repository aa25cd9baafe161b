import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Granularity } from '../api/analytics';
import { shortCount } from '../format/numbers';
import { clock, day } from '../format/times';
import { ChartTip } from './ChartTip';
import { type ChartPoint, plotColumns } from './chart-data';
import { drawTruth } from './chart-marks';
import { type Metric, isMoney } from './metrics';
import { onColorsChanged, readColors } from './colors';

interface Props {
  points: readonly ChartPoint[];
  metric: Metric;
  granularity: Granularity;
  currency: string;
  /** What the picture shows, in words. */
  label: string;
}

const height = 250;

/** The line, with the range before behind it. A poll only changes its data, so nothing flickers. */
export function TimeChart({ points, metric, granularity, currency, label }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(points);
  latest.current = points;
  const [at, setAt] = useState<{ index: number; left: number } | null>(null);
  const [colors, setColors] = useState(readColors);
  useEffect(() => onColorsChanged(() => setColors(readColors())), []);

  useEffect(() => {
    const parent = box.current!;
    const own = new uPlot({
      width: parent.clientWidth, height, legend: { show: false }, padding: [12, 24, 0, 0],
      tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 8, fill: colors.card, stroke: colors.accent, width: 2 } },
      scales: { y: { range: (_, _least, most) => [0, most > 0 ? most * 1.1 : 1] } },
      axes: [
        { stroke: colors.muted, font: colors.font, grid: { show: false }, ticks: { stroke: colors.line, size: 4 }, space: 72, size: 38, gap: 10, values: (_, times) => times.map(time => timeLabel(time, granularity)) },
        { stroke: colors.muted, font: colors.font, grid: { stroke: colors.line, width: 1 }, ticks: { show: false }, size: 56, values: (_, values) => values.map(value => valueLabel(value, metric)) },
      ],
      series: [
        {},
        { stroke: colors.before, width: 1.5, points: { show: false } },
        { stroke: colors.accent, width: 2, fill: colors.area, points: { show: false } },
        { stroke: colors.accent, width: 2, dash: [4, 4], points: { show: false } },
      ],
      hooks: {
        draw: [chart => drawTruth(chart, latest.current, colors)],
        setCursor: [chart => setAt(chart.cursor.idx == null || chart.cursor.left! < 0 ? null : { index: chart.cursor.idx, left: chart.valToPos(chart.data[0]![chart.cursor.idx]!, 'x') + chart.bbox.left / devicePixelRatio })],
      },
    }, plotColumns(latest.current), parent);
    plot.current = own;
    const sized = new ResizeObserver(() => own.setSize({ width: parent.clientWidth, height }));
    sized.observe(parent);
    return () => {
      sized.disconnect();
      own.destroy();
    };
  }, [metric, granularity, colors]);

  useEffect(() => plot.current?.setData(plotColumns(points)), [points]);

  const point = at === null ? undefined : points[at.index];
  return (
    <div class="plot">
      <div ref={box} role="img" aria-label={label} />
      {point && <ChartTip point={point} left={at!.left} isRight={at!.index > points.length / 2} metric={metric} granularity={granularity} currency={currency} />}
    </div>
  );
}

const timeLabel = (seconds: number, granularity: Granularity): string =>
  granularity === '1d' || seconds % 86_400 === 0 ? day(seconds * 1000) : clock(seconds * 1000);

const valueLabel = (value: number, metric: Metric): string =>
  metric === 'ctr' ? `${+(100 * value).toFixed(2)}%` : isMoney(metric) && value < 10 ? value.toFixed(2) : shortCount(value);
