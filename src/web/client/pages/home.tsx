import { sampleKinds, type Import, type Kind } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { useCatalog } from '../state/catalog.ts';
import { useLoaded } from '../state/loaded.ts';
import { useMayChange } from '../state/me.ts';
import { goTo } from '../state/place.ts';
import { useWords } from '../words/index.ts';
import { RunTable } from './run-table.tsx';

const icons: Readonly<Record<(typeof sampleKinds)[number], IconName>> = {
  leads: 'search',
  owners: 'key',
  contacts: 'people',
  relations: 'building',
};

const otherKinds = [
  'properties',
  'deals',
  'activities',
  'users',
] as const satisfies readonly Kind[];

/** Where everything begins: what to import, what was begun, what was done last. */
export function Home() {
  const words = useWords();
  const mayChange = useMayChange();
  return (
    <Page title={words.home.title} lead={words.home.lead}>
      {mayChange ? <Start /> : null}
      <Begun />
      <Recent />
    </Page>
  );
}

function Start() {
  const words = useWords();
  const catalog = useCatalog();
  const begin = useAction(async (kind: Kind | null, system: string | null) => {
    const { id } = await api.newImport({ kind, system });
    goTo(`/imports/${id}/file`);
  });
  const systems = (catalog.value?.systems ?? []).map(({ name, title }) => ({
    value: name,
    label: title,
  }));
  return (
    <section aria-labelledby="start" class="stack">
      <h2 id="start">{words.home.what}</h2>
      <RefusalNotice refusal={begin.refusal} />
      <ul class="kinds">
        {sampleKinds.map((kind) => (
          <li key={kind}>
            <button
              type="button"
              class="kind"
              aria-disabled={begin.busy}
              onClick={() => {
                begin.run(kind, 'csv');
              }}
            >
              <span class="kind-icon">
                <Icon name={icons[kind]} />
              </span>
              <span class="kind-name">{words.kinds[kind].name}</span>
              <span class="kind-about">{words.kinds[kind].about}</span>
              <Icon name="right" />
            </button>
          </li>
        ))}
      </ul>
      <div class="others">
        <div class="field">
          <span id="from-system">{words.home.system}</span>
          <Choice
            label={words.home.system}
            options={systems}
            value=""
            onChoose={(system) => {
              begin.run(null, system);
            }}
          />
        </div>
        <div class="field">
          <span>{words.home.other}</span>
          <div class="row">
            {otherKinds.map((kind) => (
              <Button
                key={kind}
                onClick={() => {
                  begin.run(kind, 'csv');
                }}
              >
                {words.kinds[kind].name}
              </Button>
            ))}
            <Button
              onClick={() => {
                begin.run(null, null);
              }}
            >
              {words.home.unsure}
            </Button>
          </div>
        </div>
      </div>
    </section>
  );
}

const unfinished = (one: Import) => !['imported', 'undone', 'empty'].includes(one.state);

function Begun() {
  const words = useWords();
  const mayChange = useMayChange();
  const imports = useLoaded('imports', (signal) => api.imports(20, signal));
  const remove = useAction(async (id: string) => {
    await api.removeImport(id);
    imports.reload();
  });
  const begun = imports.value?.imports.filter(unfinished) ?? [];
  if (imports.refusal === undefined && begun.length === 0) return null;
  return (
    <section aria-labelledby="begun" class="stack">
      <h2 id="begun">{words.home.begun}</h2>
      <RefusalNotice refusal={imports.refusal ?? remove.refusal} onRetry={imports.reload} />
      <ul class="begun">
        {begun.map((one) => (
          <li key={one.id} class="card">
            <Icon name="file" />
            <div class="grow">
              <Link to={`/imports/${one.id}`} class="strong">
                {one.file?.name ?? words.home.noFile}
              </Link>
              <p class="soft">
                {[
                  one.kind === null ? undefined : words.kinds[one.kind].name,
                  words.states[one.state],
                  words.changed(one.changedAt, one.createdBy),
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
              </p>
            </div>
            {mayChange ? (
              <Button
                rank="quiet"
                icon="trash"
                busy={remove.busy}
                label={words.home.remove(one.file?.name ?? words.home.noFile)}
                onClick={() => {
                  remove.run(one.id);
                }}
              >
                {words.remove}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Recent() {
  const words = useWords();
  const runs = useLoaded('recent', (signal) => api.runs(0, 5, signal));
  return (
    <section aria-labelledby="recent" class="stack">
      <div class="row apart">
        <h2 id="recent">{words.home.recent}</h2>
        {(runs.value?.total ?? 0) > 5 ? <Link to="/runs">{words.home.all}</Link> : null}
      </div>
      <Waiting on={runs} lines={3}>
        {(list) => <RunTable runs={list.runs} />}
      </Waiting>
    </section>
  );
}
