import { fates, type Fate } from '../../api.ts';
import { useWords } from '../words/index.ts';
import { Icon, type IconName } from './icon.tsx';

export const fateIcons: Readonly<Record<Fate, IconName>> = {
  created: 'plus',
  updated: 'pencil',
  unchanged: 'check',
  duplicate: 'twins',
  excluded: 'cross',
  parked: 'clock',
  rejected: 'stop',
};

/** The counts of all fates, with zeros for those that are not said. */
export function allFates(counts: Readonly<Partial<Record<string, number>>>) {
  return fates.map((fate) => ({ fate, count: counts[fate] ?? 0 }));
}

/** What becomes of the rows, as numbers that add up to the rows that were read; each can be chosen as a filter. */
export function Fates({
  counts,
  read,
  chosen,
  onChoose,
  done = false,
}: {
  readonly counts: Readonly<Partial<Record<string, number>>>;
  /** Absent where only some of the rows are counted. */
  readonly read?: number | undefined;
  readonly chosen?: Fate | undefined;
  readonly onChoose?: ((fate: Fate | undefined) => void) | undefined;
  /** Whether it was done, or is only planned. */
  readonly done?: boolean | undefined;
}) {
  const words = useWords();
  const shown = allFates(counts).filter(({ count, fate }) => count > 0 || fate === chosen);
  return (
    <div class="fates">
      <ul class="fate-list">
        {shown.map(({ fate, count }) => (
          <li key={fate}>
            {onChoose === undefined ? (
              <div class={`fate ${fate}`}>
                <FateWords fate={fate} count={words.n(count)} done={done} />
              </div>
            ) : (
              <button
                type="button"
                class={`fate ${fate}`}
                aria-pressed={chosen === fate}
                onClick={() => {
                  onChoose(chosen === fate ? undefined : fate);
                }}
              >
                <FateWords fate={fate} count={words.n(count)} done={done} />
              </button>
            )}
          </li>
        ))}
      </ul>
      {read === undefined ? null : (
        <p class="sum">
          {words.sum(
            shown.map(({ count }) => count),
            read,
          )}
        </p>
      )}
    </div>
  );
}

function FateWords({
  fate,
  count,
  done,
}: {
  readonly fate: Fate;
  readonly count: string;
  readonly done: boolean;
}) {
  const words = useWords();
  return (
    <>
      <span class="fate-name">
        <Icon name={fateIcons[fate]} />
        {words.fates[fate].name}
      </span>
      <span class="fate-count">{count}</span>
      <span class="fate-about">{done ? words.fates[fate].done : words.fates[fate].about}</span>
    </>
  );
}

/** The fate of one row. */
export function FateMark({ fate }: { readonly fate: Fate | null }) {
  const words = useWords();
  if (fate === null) return <span class="mark">{words.notYet}</span>;
  return (
    <span class={`mark ${fate}`}>
      <Icon name={fateIcons[fate]} />
      {words.fates[fate].name}
    </span>
  );
}
