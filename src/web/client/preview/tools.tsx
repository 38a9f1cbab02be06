import { useEffect, useState } from 'preact/hooks';
import type { PreviewCounts, RowFilter } from '../../api.ts';
import { Icon } from '../parts/icon.tsx';
import { announce } from '../state/announcement.ts';
import { issueTitle, useWords } from '../words/index.ts';

interface ToolsProps {
  readonly counts: PreviewCounts;
  readonly filter: RowFilter;
  readonly edits: number;
  readonly onFilter: (filter: RowFilter, how?: { replace: boolean }) => void;
  readonly onCorrections: () => void;
  readonly duplicatesShown: boolean;
  readonly onDuplicates: () => void;
}

const pause = 300;

/** The search, the filters that hold, and what else there is to look at. */
export function Tools(props: ToolsProps) {
  const { counts, filter, edits, onFilter } = props;
  const words = useWords();
  const [search, setSearch] = useState(filter.search ?? '');
  useEffect(() => {
    const wanted = search.trim() === '' ? undefined : search.trim();
    if (wanted === filter.search) return;
    const timer = setTimeout(() => {
      onFilter({ ...filter, search: wanted }, { replace: true });
    }, pause);
    return () => {
      clearTimeout(timer);
    };
  }, [search]);
  useEffect(() => {
    setSearch(filter.search ?? '');
  }, [filter.search]);
  useEffect(() => {
    announce(words.preview.matching(counts.matching, counts.read));
  }, [counts.matching, counts.read]);

  const entities = Object.entries(counts.entities);
  return (
    <div class="tools">
      <label class="search">
        <span class="unseen">{words.preview.search}</span>
        <Icon name="search" />
        <input
          type="search"
          placeholder={words.preview.search}
          value={search}
          maxLength={200}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
          }}
        />
      </label>
      {entities.length > 1
        ? entities.map(([entity, count]) => (
            <button
              key={entity}
              type="button"
              class="chip"
              aria-pressed={filter.entity === entity}
              onClick={() => {
                onFilter({ ...filter, entity: filter.entity === entity ? undefined : entity });
              }}
            >
              {words.tables[entity] ?? entity} <span class="numbers">{words.n(count)}</span>
            </button>
          ))
        : null}
      {filter.code === undefined ||
      counts.issues.some(({ code }) => code === filter.code) ? null : (
        <button
          type="button"
          class="chip on"
          onClick={() => {
            onFilter({ ...filter, code: undefined, column: undefined });
          }}
        >
          {issueTitle(words, { code: filter.code })}
          <Icon name="cross" />
          <span class="unseen">{words.preview.dropFilter}</span>
        </button>
      )}
      {edits > 0 ? (
        <>
          <button
            type="button"
            class="chip"
            aria-pressed={filter.corrected === true}
            onClick={() => {
              onFilter({ ...filter, corrected: filter.corrected === true ? undefined : true });
            }}
          >
            {words.preview.corrected}
          </button>
          <button type="button" class="chip" onClick={props.onCorrections}>
            <Icon name="undo" /> {words.preview.steps(edits)}
          </button>
        </>
      ) : null}
      {counts.duplicates > 0 ? (
        <button
          type="button"
          class="chip"
          aria-pressed={props.duplicatesShown}
          onClick={props.onDuplicates}
        >
          <Icon name="twins" /> {words.preview.duplicates(counts.duplicates)}
        </button>
      ) : null}
      <span class="soft grow right">{words.preview.matching(counts.matching, counts.read)}</span>
    </div>
  );
}
