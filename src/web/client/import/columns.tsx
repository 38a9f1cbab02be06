import { useMemo, useState } from 'preact/hooks';
import type { Column, Columns, Edit, Field } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Foot } from '../parts/foot.tsx';
import { Link } from '../parts/link.tsx';
import { Notice, RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { useCatalog } from '../state/catalog.ts';
import { useLoaded } from '../state/loaded.ts';
import { fieldTitle, useWords } from '../words/index.ts';
import { ColumnCard } from './column-card.tsx';
import type { Working } from './working.ts';

/** Whether a person should look at a column before going on. */
export const isDoubtful = (column: Column): boolean =>
  column.form?.form === 'undecided' ||
  (column.by === 'proposal' && column.proposal !== null && column.proposal.level !== 'high');

const isUnplaced = (column: Column) => column.use !== 'field' && column.filled > 0;

type Shown = 'all' | 'doubtful' | 'unplaced';

/** The third step: what each column becomes. */
export function ColumnsStep(working: Working) {
  const { imported, put, mayChange } = working;
  const words = useWords();
  const { id } = imported;
  const catalog = useCatalog();
  const columns = useLoaded(`columns ${id} ${imported.version}`, (signal) =>
    api.columns(id, signal),
  );
  const edit = useAction(async (made: Edit) => {
    const answer = await api.edit(id, made, imported.version);
    put(answer.import);
    announce(words.columnsStep.saved);
  });
  return (
    <Page title={words.columnsStep.title} lead={words.columnsStep.lead}>
      <RefusalNotice refusal={edit.refusal} onRetry={working.reload} />
      <ProfileNotice {...working} />
      <Waiting on={columns} lines={10}>
        {(value) => (
          <Matching
            value={value}
            fields={catalog.value?.fields ?? []}
            strict={imported.requirements === 'strict'}
            disabled={!mayChange || edit.busy}
            onEdit={edit.run}
          />
        )}
      </Waiting>
      {mayChange && columns.value !== undefined ? <SaveProfile {...working} /> : null}
      <Foot said={words.nothingSaved}>
        <Link to={`/imports/${id}/reading`} class="button plain">
          {words.back}
        </Link>
        {columns.value === undefined ? null : (
          <Link to={`/imports/${id}/values`} class="button main">
            {words.goOn}
          </Link>
        )}
      </Foot>
    </Page>
  );
}

interface MatchingProps {
  readonly value: Columns;
  readonly fields: readonly Field[];
  readonly strict: boolean;
  readonly disabled: boolean;
  readonly onEdit: (edit: Edit) => void;
}

function Matching({ value, fields, strict, disabled, onEdit }: MatchingProps) {
  const words = useWords();
  const [shown, setShown] = useState<Shown>('all');
  const ofKind = useMemo(
    () => fields.filter((field) => value.kind === null || field.kinds.includes(value.kind)),
    [fields, value.kind],
  );
  const counts = {
    all: value.columns.length,
    doubtful: value.columns.filter(isDoubtful).length,
    unplaced: value.columns.filter(isUnplaced).length,
  };
  const matched = value.columns.filter(({ use }) => use === 'field').length;
  const titles = new Map(fields.map((field) => [field.name, fieldTitle(words, field)]));
  const list = value.columns.filter((column) =>
    shown === 'all' ? true : shown === 'doubtful' ? isDoubtful(column) : isUnplaced(column),
  );
  return (
    <div class="stack">
      <p class="sentence">
        {words.columnsStep.sentence(matched, counts.all, counts.doubtful, counts.unplaced)}
      </p>
      {value.missing.length === 0 ? null : (
        <Notice
          tone={strict ? 'bad' : 'warning'}
          title={words.columnsStep.missing(value.missing.map((name) => titles.get(name) ?? name))}
        >
          <p>{strict ? words.columnsStep.missingStrict : words.columnsStep.missingLenient}</p>
        </Notice>
      )}
      <div class="chips" role="group" aria-label={words.show}>
        {(['all', 'doubtful', 'unplaced'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class="chip"
            aria-pressed={shown === one}
            onClick={() => {
              setShown(one);
            }}
          >
            {words.columnsStep.shown[one]} <span class="numbers">{words.n(counts[one])}</span>
          </button>
        ))}
      </div>
      {list.length === 0 ? <p class="soft">{words.columnsStep.noneShown}</p> : null}
      <ul class="columns">
        {list.map((column) => (
          <ColumnCard
            key={column.name}
            column={column}
            fields={ofKind}
            titles={titles}
            disabled={disabled}
            onEdit={onEdit}
          />
        ))}
      </ul>
    </div>
  );
}

function ProfileNotice({ imported, put, mayChange }: Working) {
  const words = useWords();
  const drop = useAction(async () => {
    put(await api.changeImport(imported.id, { profile: null, ifVersion: imported.version }));
  });
  const { profile } = imported;
  if (profile === null) return null;
  const changed = profile.added.length + profile.missing.length > 0;
  return (
    <Notice
      tone={changed ? 'warning' : 'good'}
      title={
        profile.recognised
          ? words.columnsStep.recognised(profile.name)
          : words.columnsStep.uses(profile.name)
      }
      actions={
        mayChange ? (
          <Button busy={drop.busy} onClick={drop.run}>
            {words.columnsStep.withoutProfile}
          </Button>
        ) : undefined
      }
    >
      {changed ? null : <p>{words.columnsStep.sameColumns}</p>}
      {profile.added.length === 0 ? null : <p>{words.columnsStep.added(profile.added)}</p>}
      {profile.missing.length === 0 ? null : <p>{words.columnsStep.gone(profile.missing)}</p>}
      <RefusalNotice refusal={drop.refusal} />
    </Notice>
  );
}

function SaveProfile({ imported, reload }: Working) {
  const words = useWords();
  const [asked, setAsked] = useState(false);
  const [name, setName] = useState('');
  const save = useAction(async () => {
    const profile = await api.saveProfile(imported.id, name.trim());
    setAsked(false);
    announce(words.columnsStep.profileSaved(profile.name));
    reload();
  });
  return (
    <div class="row">
      <Button
        icon="link"
        onClick={() => {
          setName(imported.profile?.name ?? (imported.file?.name ?? '').replace(/\.\w+$/, ''));
          setAsked(true);
        }}
      >
        {words.columnsStep.save}
      </Button>
      <span class="soft">{words.columnsStep.saveAbout}</span>
      {asked ? (
        <Dialog
          title={words.columnsStep.save}
          onClose={() => {
            setAsked(false);
          }}
          actions={
            <>
              <Button
                onClick={() => {
                  setAsked(false);
                }}
              >
                {words.cancel}
              </Button>
              <Button rank="main" busy={save.busy} disabled={name.trim() === ''} onClick={save.run}>
                {words.save}
              </Button>
            </>
          }
        >
          <RefusalNotice refusal={save.refusal} />
          <label class="field">
            <span>{words.columnsStep.profileName}</span>
            <input
              type="text"
              maxLength={100}
              value={name}
              onInput={(event) => {
                setName(event.currentTarget.value);
              }}
            />
          </label>
          <p class="soft">{words.columnsStep.profileAbout}</p>
        </Dialog>
      ) : null}
    </div>
  );
}
