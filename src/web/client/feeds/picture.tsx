import type { FeedSync } from '../../api.ts';
import { useWords } from '../words/index.ts';

const width = 720;
const height = 180;
const edge = { left: 52, right: 12, top: 12, bottom: 26 };

/** The listings on offer over the last syncs as a line, and what was withdrawn or held as bars. The table below says the same. */
export function Picture({ syncs }: { readonly syncs: readonly FeedSync[] }) {
  const words = useWords();
  const points = syncs
    .flatMap(({ id, startedAt, withdrawal }) =>
      withdrawal === null ? [] : [{ id, at: Date.parse(startedAt), ...withdrawal }],
    )
    .reverse();
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return null;
  const most = Math.max(1, ...points.map(({ onOffer }) => onOffer));
  const span = Math.max(1, last.at - first.at);
  const x = (at: number) => edge.left + ((at - first.at) / span) * (width - edge.left - edge.right);
  const y = (count: number) =>
    height - edge.bottom - (count / most) * (height - edge.top - edge.bottom);
  const line = points
    .map(
      ({ at, onOffer }, place) =>
        `${place === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(onOffer).toFixed(1)}`,
    )
    .join('');
  const base = height - edge.bottom;
  return (
    <figure class="picture">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={words.feeds.pictureLabel(first.onOffer, last.onOffer)}
      >
        {[0, most].map((count) => (
          <g key={count}>
            <line class="axis" x1={edge.left} x2={width - edge.right} y1={y(count)} y2={y(count)} />
            <text x={edge.left - 8} y={y(count) + 4} text-anchor="end">
              {words.n(count)}
            </text>
          </g>
        ))}
        <path
          class="area"
          d={`${line}L${x(last.at).toFixed(1)} ${base}L${x(first.at).toFixed(1)} ${base}Z`}
        />
        <path class="line" d={line} />
        {points.map(({ id, at, withdrawn, held }) => (
          <g key={id}>
            {withdrawn > 0 ? (
              <line class="withdrawn" x1={x(at)} x2={x(at)} y1={base} y2={y(withdrawn)} />
            ) : null}
            {held > 0 ? <circle class="held" cx={x(at)} cy={y(held)} r="5" /> : null}
          </g>
        ))}
        <text x={edge.left} y={height - 6}>
          {words.day(first.at)}
        </text>
        <text x={width - edge.right} y={height - 6} text-anchor="end">
          {words.day(last.at)}
        </text>
      </svg>
      <figcaption class="soft">{words.feeds.pictureAbout}</figcaption>
    </figure>
  );
}
