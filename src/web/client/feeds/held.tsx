import { useState } from 'preact/hooks';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { RefusalNotice } from '../parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useAction } from '../state/action.ts';
import { announce } from '../state/announcement.ts';
import { useLoaded } from '../state/loaded.ts';
import { useWords } from '../words/index.ts';

const pageLength = 100;

interface HeldProps {
  readonly id: string;
  readonly revision: string;
  readonly mayChange: boolean;
  readonly onApproved: () => void;
}

/** Listings that the feed no longer offers and that a guard keeps: a person says whether they may go. */
export function Held({ id, revision, mayChange, onApproved }: HeldProps) {
  const words = useWords();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const held = useLoaded(`held ${revision}`, (signal) => api.feedHeld(id, 0, pageLength, signal));
  const approve = useAction(async (all: boolean) => {
    const answer = await api.approveFeed(id, all ? {} : { references: [...chosen] });
    setChosen(new Set());
    announce(words.feeds.approved(answer.withdrawn));
    onApproved();
  });
  return (
    <section class="card stack" aria-labelledby="held">
      <h2 id="held">{words.feeds.heldTitle}</h2>
      <p>{words.feeds.heldAbout}</p>
      <RefusalNotice refusal={approve.refusal} />
      <Waiting on={held}>
        {({ held: list, total }) => (
          <>
            <table class="list">
              <thead>
                <tr>
                  <th scope="col">{words.feeds.reference}</th>
                  <th scope="col">{words.feeds.town}</th>
                  <th scope="col">{words.feeds.why}</th>
                  <th scope="col">{words.feeds.since}</th>
                </tr>
              </thead>
              <tbody>
                {list.map(({ id: listing, reference, sourceId, town, reason, guard, since }) => (
                  <tr key={listing}>
                    <td data-label={words.feeds.reference}>
                      <label class="radio">
                        {mayChange && reference !== null ? (
                          <input
                            type="checkbox"
                            checked={chosen.has(reference)}
                            onChange={(event) => {
                              const next = new Set(chosen);
                              if (event.currentTarget.checked) next.add(reference);
                              else next.delete(reference);
                              setChosen(next);
                            }}
                          />
                        ) : null}
                        {reference ?? sourceId}
                      </label>
                    </td>
                    <td data-label={words.feeds.town}>{town ?? ''}</td>
                    <td data-label={words.feeds.why}>
                      {words.feeds.reasons[reason]}
                      <span class="soft"> {words.feeds.guards[guard]}</span>
                    </td>
                    <td data-label={words.feeds.since}>{words.time(since)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {total > list.length ? <p class="soft">{words.range(1, list.length, total)}</p> : null}
            {mayChange ? (
              <div class="row">
                <Button
                  rank="danger"
                  disabled={chosen.size === 0}
                  busy={approve.busy}
                  onClick={() => {
                    approve.run(false);
                  }}
                >
                  {words.feeds.approve(chosen.size)}
                </Button>
                <Button
                  rank="danger"
                  busy={approve.busy}
                  onClick={() => {
                    approve.run(true);
                  }}
                >
                  {words.feeds.approveAll(total)}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </Waiting>
    </section>
  );
}
