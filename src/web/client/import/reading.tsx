import type { Import, ImportChange, Kind, Reading } from '../../api.ts';
import { api } from '../api/index.ts';
import { Foot } from '../parts/foot.tsx';
import { Link } from '../parts/link.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { useCatalog } from '../state/catalog.ts';
import { useLoaded } from '../state/loaded.ts';
import { useWords } from '../words/index.ts';
import { FirstLines } from './first-lines.tsx';
import { stepsOf } from './steps.tsx';
import type { Working } from './working.ts';

/** The second step: how the file is read, said in one sentence and shown by its first lines. */
export function ReadingStep({ imported, put, mayChange }: Working) {
  const words = useWords();
  const { id } = imported;
  const reading = useLoaded(`reading ${id} ${imported.version}`, (signal) =>
    api.reading(id, signal),
  );
  const change = useAction(async (wanted: ImportChange) => {
    put(await api.changeImport(id, { ...wanted, ifVersion: imported.version }));
    announce(words.reading.readAgain);
  });
  const steps = stepsOf(imported);
  const next = steps[steps.indexOf('reading') + 1] ?? 'preview';
  return (
    <Page title={words.reading.title} lead={words.reading.lead}>
      <RefusalNotice refusal={change.refusal} />
      <Waiting on={reading} lines={8}>
        {(read) => (
          <>
            <Said read={read} imported={imported} />
            {mayChange ? (
              <Ways read={read} imported={imported} busy={change.busy} onChange={change.run} />
            ) : null}
            {read.table === null ? null : <FirstLines table={read.table} />}
          </>
        )}
      </Waiting>
      <Foot said={words.nothingSaved}>
        <Link to={`/imports/${id}/file`} class="button plain">
          {words.back}
        </Link>
        {reading.value === undefined ? null : (
          <Link to={`/imports/${id}/${next}`} class="button main">
            {words.goOn}
          </Link>
        )}
      </Foot>
    </Page>
  );
}

interface Told {
  readonly read: Reading;
  readonly imported: Import;
}

function Said({ read: { table, system, files, kind }, imported }: Told) {
  const words = useWords();
  const left = files.filter((file) => !file.read);
  return (
    <div class="stack">
      <p class="sentence">
        {table === null
          ? words.reading.isExport(system.title)
          : words.reading.sentence(
              table.encoding,
              words.reading.delimiterShort(table.delimiter),
              table.headerLine,
              table.sheet,
            )}
      </p>
      {imported.matchable ? null : <p>{words.reading.known(system.title)}</p>}
      {table !== null && !table.encodingCertain ? (
        <Notice tone="warning" title={words.reading.guessed(table.encoding)}>
          <p>{words.reading.guessedCure}</p>
        </Notice>
      ) : null}
      {table?.doubt === 'one-column' ? (
        <Notice tone="warning" title={words.reading.oneColumn}>
          <p>{words.reading.oneColumnCure}</p>
        </Notice>
      ) : null}
      {table?.doubt === 'too-many-columns' ? (
        <Notice tone="warning" title={words.reading.manyColumns(table.columns.length)}>
          <p>{words.reading.oneColumnCure}</p>
        </Notice>
      ) : null}
      {table !== null && table.doubt === null && !table.delimiterCertain ? (
        <Notice tone="warning" title={words.reading.delimiterGuessed}>
          <p>{words.reading.oneColumnCure}</p>
        </Notice>
      ) : null}
      {imported.kind === null && kind !== null ? (
        <Notice tone="info" title={words.reading.kindGuessed(words.kinds[kind.kind].name)}>
          <p>{kind.reason}</p>
        </Notice>
      ) : null}
      {left.length === 0 ? null : (
        <Notice tone="warning" title={words.reading.filesLeft(left.length)}>
          <p>{left.map(({ name }) => name).join(', ')}</p>
        </Notice>
      )}
    </div>
  );
}

const delimiters = [',', ';', '\t', '|', ':'] as const;

const kindsOfRow: readonly Kind[] = [
  'leads',
  'owners',
  'contacts',
  'relations',
  'properties',
  'deals',
  'activities',
  'users',
];

function Ways({
  read: { table, kind },
  imported,
  busy,
  onChange,
}: Told & { readonly busy: boolean; readonly onChange: (change: ImportChange) => void }) {
  const words = useWords();
  const catalog = useCatalog();
  const read = (reading: NonNullable<ImportChange['reading']>) => {
    onChange({ reading: { ...imported.reading, ...reading } });
  };
  if (table === null) return null;
  const known = catalog.value?.encodings ?? [];
  const encodings = known.includes(table.encoding) ? known : [table.encoding, ...known];
  const isSheet = table.sheet !== null;
  const ownDelimiter = delimiters.some((one) => one === table.delimiter) ? [] : [table.delimiter];
  return (
    <fieldset class="ways-of-reading" disabled={busy} aria-busy={busy}>
      <legend class="unseen">{words.reading.change}</legend>
      <label class="field">
        <span>{words.reading.kind}</span>
        <select
          value={imported.kind ?? kind?.kind ?? ''}
          onChange={(event) => {
            const chosen = kindsOfRow.find((one) => one === event.currentTarget.value);
            if (chosen !== undefined) onChange({ kind: chosen });
          }}
        >
          {kindsOfRow.map((one) => (
            <option key={one} value={one}>
              {words.kinds[one].name}
            </option>
          ))}
        </select>
      </label>
      {isSheet ? (
        <label class="field">
          <span>{words.reading.sheet}</span>
          <select
            value={table.sheet ?? ''}
            onChange={(event) => {
              read({ sheet: event.currentTarget.value, headerLine: null });
            }}
          >
            {table.sheets.map((sheet) => (
              <option key={sheet} value={sheet}>
                {sheet}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <>
          <label class="field">
            <span>{words.reading.encoding}</span>
            <select
              value={table.encoding}
              onChange={(event) => {
                read({ encoding: event.currentTarget.value });
              }}
            >
              {encodings.map((encoding) => (
                <option key={encoding} value={encoding}>
                  {encoding}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>{words.reading.delimiter}</span>
            <select
              value={table.delimiter}
              onChange={(event) => {
                read({ delimiter: event.currentTarget.value });
              }}
            >
              {[...ownDelimiter, ...delimiters].map((delimiter) => (
                <option key={delimiter} value={delimiter}>
                  {words.reading.delimiterName(delimiter)}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
      <label class="field">
        <span>{words.reading.headerLine}</span>
        <select
          value={String(table.headerLine)}
          onChange={(event) => {
            read({ headerLine: Number(event.currentTarget.value) });
          }}
        >
          {headerLines(table.headerLine, table.lines).map((line) => (
            <option key={line} value={String(line)}>
              {line}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}

/** Lines that can be the header: those that are shown. */
function headerLines(now: number, lines: readonly { readonly line: number }[]): readonly number[] {
  return [...new Set([now, ...lines.slice(0, 15).map(({ line }) => line)])].sort((a, b) => a - b);
}
