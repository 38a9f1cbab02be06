import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Empty } from '../parts/empty.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { useLoaded } from '../state/loaded.ts';
import { useMayChange } from '../state/me.ts';
import { useWords } from '../words/index.ts';

/** The mappings that were saved; each is recognised by the headers of a file. */
export function Profiles() {
  const words = useWords();
  const mayChange = useMayChange();
  const profiles = useLoaded('profiles', (signal) => api.profiles(signal));
  const remove = useAction(async (id: string) => {
    await api.removeProfile(id);
    profiles.reload();
  });
  return (
    <Page title={words.profiles.title} lead={words.profiles.lead}>
      <RefusalNotice refusal={remove.refusal} />
      <Waiting on={profiles}>
        {({ profiles: list }) =>
          list.length === 0 ? (
            <Empty icon="link" title={words.profiles.none}>
              <p>{words.profiles.noneAbout}</p>
            </Empty>
          ) : (
            <ul class="stack">
              {list.map((profile) => (
                <li key={profile.id} class="card row apart">
                  <div class="grow">
                    <p class="strong">{profile.name}</p>
                    <p class="soft">
                      {words.kinds[profile.kind].name} · {words.columns(profile.columns.length)} ·{' '}
                      {words.changed(profile.usedAt ?? profile.savedAt, profile.savedBy)}
                    </p>
                  </div>
                  {mayChange ? (
                    <Button
                      rank="quiet"
                      icon="trash"
                      busy={remove.busy}
                      label={words.home.remove(profile.name)}
                      onClick={() => {
                        remove.run(profile.id);
                      }}
                    >
                      {words.remove}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          )
        }
      </Waiting>
    </Page>
  );
}
