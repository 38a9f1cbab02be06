import { useState } from 'preact/hooks';
import type { Feed, FeedSettings, NewFeed } from '../../api.ts';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Link } from '../parts/link.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { useLoaded } from '../state/loaded.ts';
import { goTo } from '../state/place.ts';
import { useWords } from '../words/index.ts';

const providers = ['kyero', 'inmoweb', 'sooprema'] as const;
const removals = ['removed_by_feed', 'off_market', 'ignore'] as const;
const rhythms = {
  none: null,
  hourly: '7 * * * *',
  sixHours: '7 */6 * * *',
  nightly: '17 3 * * *',
} as const;
type Rhythm = keyof typeof rhythms;

/** A feed to be added. */
export function NewFeedPage() {
  const words = useWords();
  return (
    <Page title={words.feeds.add} lead={words.feeds.addLead}>
      <FeedForm
        back="/feeds"
        save={async (settings) => {
          const { id } = await api.newFeed(settings);
          goTo(`/feeds/${id}`);
        }}
      />
    </Page>
  );
}

/** The settings of a feed, to be changed. */
export function EditFeedPage({ id }: { readonly id: string }) {
  const words = useWords();
  const feed = useLoaded(`feed ${id}`, (signal) => api.feed(id, signal));
  return (
    <Page title={words.feeds.edit}>
      <Waiting on={feed}>
        {(value) => (
          <FeedForm
            feed={value}
            back={`/feeds/${id}`}
            save={async (settings) => {
              await api.changeFeed(id, settings);
              goTo(`/feeds/${id}`);
            }}
          />
        )}
      </Waiting>
    </Page>
  );
}

/** What stands in the fields, as text. */
interface Draft {
  readonly name: string;
  readonly provider: string;
  readonly url: string;
  readonly mode: FeedSettings['mode'];
  readonly publish: boolean;
  readonly removal: FeedSettings['removal'];
  readonly commission: string;
  readonly min: string;
  readonly max: string;
  readonly types: string;
  readonly locations: string;
  readonly provinces: string;
  readonly cron: string | null;
}

function draftOf(settings: FeedSettings | undefined): Draft {
  const lines = (texts: readonly string[] | undefined) => (texts ?? []).join(', ');
  return {
    name: settings?.name ?? '',
    provider: settings?.provider ?? 'kyero',
    url: settings?.url ?? '',
    mode: settings?.mode ?? 'draft',
    publish: settings?.publish ?? true,
    removal: settings?.removal ?? 'removed_by_feed',
    commission: settings?.commissionPercent ?? '',
    min: settings?.price.min ?? '',
    max: settings?.price.max ?? '',
    types: lines(settings?.exclude.types),
    locations: lines(settings?.exclude.locations),
    provinces: lines(settings?.exclude.provinces),
    cron: settings === undefined ? rhythms.sixHours : (settings.schedule?.cron ?? null),
  };
}

const textOrNull = (text: string) => (text.trim() === '' ? null : text.trim());
const listOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function settingsOf(draft: Draft, known: FeedSettings | undefined): NewFeed {
  const { cron } = draft;
  return {
    name: draft.name.trim(),
    provider: draft.provider,
    url: draft.url.trim(),
    mode: draft.mode,
    publish: draft.publish,
    removal: draft.removal,
    commissionPercent: textOrNull(draft.commission),
    price: { min: textOrNull(draft.min), max: textOrNull(draft.max) },
    exclude: {
      types: listOf(draft.types),
      locations: listOf(draft.locations),
      provinces: listOf(draft.provinces),
    },
    schedule:
      cron === null
        ? null
        : {
            cron,
            timezone: known?.schedule?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
            hours: known?.schedule?.hours ?? null,
          },
  };
}

function FeedForm({
  feed,
  back,
  save,
}: {
  readonly feed?: Feed;
  readonly back: string;
  readonly save: (settings: NewFeed) => Promise<void>;
}) {
  const words = useWords();
  const [draft, setDraft] = useState(() => draftOf(feed?.settings));
  const saving = useAction(() => save(settingsOf(draft, feed?.settings)));
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const text = (
    name: 'name' | 'url' | 'commission' | 'min' | 'max' | 'types' | 'locations' | 'provinces',
    rest: { readonly required?: boolean; readonly pattern?: string } = {},
  ) => (
    <label class="field">
      <span>{words.feeds.fields[name]}</span>
      <input
        type="text"
        required={rest.required === true}
        {...(rest.pattern === undefined ? {} : { pattern: rest.pattern })}
        value={draft[name]}
        onInput={(event) => {
          change({ [name]: event.currentTarget.value });
        }}
      />
    </label>
  );
  const rhythm = (Object.keys(rhythms) as Rhythm[]).find((one) => rhythms[one] === draft.cron);
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        saving.run();
      }}
    >
      <RefusalNotice refusal={saving.refusal} />
      <div class="card stack">
        {text('name', { required: true })}
        {text('url', { required: true, pattern: 'https?://.+' })}
        <div class="ways-of-reading">
          <label class="field">
            <span>{words.feeds.fields.provider}</span>
            <select
              value={draft.provider}
              onChange={(event) => {
                change({ provider: event.currentTarget.value });
              }}
            >
              {providers.map((provider) => (
                <option key={provider} value={provider}>
                  {provider.charAt(0).toUpperCase() + provider.slice(1)}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>{words.feeds.fields.schedule}</span>
            <select
              value={rhythm ?? 'own'}
              onChange={(event) => {
                const chosen = event.currentTarget.value;
                if (chosen in rhythms) change({ cron: rhythms[chosen as Rhythm] });
              }}
            >
              {rhythm === undefined ? <option value="own">{draft.cron}</option> : null}
              {(Object.keys(rhythms) as Rhythm[]).map((one) => (
                <option key={one} value={one}>
                  {words.feeds.rhythms[one]}
                </option>
              ))}
            </select>
          </label>
        </div>
        <fieldset>
          <legend class="strong">{words.feeds.fields.mode}</legend>
          {(['draft', 'active'] as const).map((mode) => (
            <label key={mode} class="radio">
              <input
                type="radio"
                name="mode"
                checked={draft.mode === mode}
                onChange={() => {
                  change({ mode });
                }}
              />
              <span>
                {words.feeds.modes[mode]} <span class="soft">{words.feeds.modesAbout[mode]}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </div>
      <div class="card stack">
        <h2>{words.feeds.listings}</h2>
        <label class="field">
          <span>{words.feeds.fields.removal}</span>
          <select
            value={draft.removal}
            onChange={(event) => {
              const chosen = removals.find((one) => one === event.currentTarget.value);
              if (chosen !== undefined) change({ removal: chosen });
            }}
          >
            {removals.map((one) => (
              <option key={one} value={one}>
                {words.feeds.removals[one]}
              </option>
            ))}
          </select>
        </label>
        <label class="radio">
          <input
            type="checkbox"
            checked={draft.publish}
            onChange={(event) => {
              change({ publish: event.currentTarget.checked });
            }}
          />
          {words.feeds.fields.publish}
        </label>
        <div class="ways-of-reading">
          {text('min', { pattern: '\\d{1,12}(\\.\\d{1,2})?' })}
          {text('max', { pattern: '\\d{1,12}(\\.\\d{1,2})?' })}
          {text('commission', { pattern: '\\d{1,2}(\\.\\d{1,3})?' })}
        </div>
        <p class="soft">{words.feeds.excludeAbout}</p>
        {text('types')}
        {text('locations')}
        {text('provinces')}
      </div>
      <div class="row">
        <Button rank="main" submit busy={saving.busy}>
          {words.save}
        </Button>
        <Link to={back} class="button plain">
          {words.cancel}
        </Link>
      </div>
    </form>
  );
}
