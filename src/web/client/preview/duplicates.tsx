import { useState } from 'preact/hooks';
import { api } from '../api/index.ts';
import { Button } from '../parts/button.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { useLoaded } from '../state/loaded.ts';
import { fieldLabel, reasonOfDuplicate, useWords } from '../words/index.ts';

const pageLength = 10;

/** Rows that may be one person or company, side by side, with the reasons. Nothing is merged. */
export function Duplicates({ id, revision }: { readonly id: string; readonly revision: string }) {
  const words = useWords();
  const [offset, setOffset] = useState(0);
  const pairs = useLoaded(`duplicates ${id} ${revision} ${offset}`, (signal) =>
    api.duplicates(id, offset, pageLength, signal),
  );
  return (
    <section class="card stack" aria-labelledby="duplicates">
      <h2 id="duplicates">{words.duplicates.title}</h2>
      <p class="soft">{words.duplicates.about}</p>
      <Waiting on={pairs}>
        {({ pairs: list, total }) => (
          <>
            <ul class="pairs">
              {list.map((pair) => {
                const fields = [
                  ...new Set([
                    ...Object.keys(pair.first.values),
                    ...Object.keys(pair.second.values),
                  ]),
                ];
                return (
                  <li key={`${pair.first.id} ${pair.second.id}`}>
                    <p>
                      <span class={`sure ${pair.score >= 4 ? 'high' : 'medium'}`}>
                        {pair.score >= 4 ? words.duplicates.likely : words.duplicates.perhaps}
                      </span>{' '}
                      <span class="soft">
                        {pair.reasons.map((reason) => reasonOfDuplicate(words, reason)).join(' · ')}
                      </span>
                    </p>
                    <table class="list pair">
                      <thead>
                        <tr>
                          <td />
                          {[pair.first, pair.second].map((side) => (
                            <th key={side.id} scope="col">
                              {side.sourceId === null
                                ? words.duplicates.inCrm
                                : words.duplicates.inFile(side.sourceId)}
                            </th>
                          ))}
                        </tr>
                      </thead>
                      <tbody>
                        {fields.map((field) => {
                          const [first, second] = [
                            pair.first.values[field],
                            pair.second.values[field],
                          ];
                          return (
                            <tr key={field} class={first === second ? 'same' : 'differs'}>
                              <th scope="row">{fieldLabel(words, field)}</th>
                              <td>{first ?? ''}</td>
                              <td>{second ?? ''}</td>
                            </tr>
                          );
                        })}
                      </tbody>
                    </table>
                  </li>
                );
              })}
            </ul>
            {total > pageLength ? (
              <div class="row apart">
                <span class="soft">{words.range(offset + 1, offset + list.length, total)}</span>
                <span class="row">
                  <Button
                    disabled={offset === 0}
                    onClick={() => {
                      setOffset(offset - pageLength);
                    }}
                  >
                    {words.newer}
                  </Button>
                  <Button
                    disabled={offset + list.length >= total}
                    onClick={() => {
                      setOffset(offset + pageLength);
                    }}
                  >
                    {words.older}
                  </Button>
                </span>
              </div>
            ) : null}
          </>
        )}
      </Waiting>
    </section>
  );
}
