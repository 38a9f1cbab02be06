// A changing catalogue, replayed snapshot by snapshot: after each the CRM equals a model of a few lines.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { feedsOf, type Listing, type TestFeed } from '../support/feeds.ts';
import { openCrm, type TestCrm } from '../support/use-cases.ts';

let crm: TestCrm;
beforeAll(async () => {
  crm = await openCrm('embedded');
});
afterAll(async () => {
  await crm.close();
});

const snapshots = 20;
const seed = Number(process.env['SEED'] ?? 5);

/** What happens at the partner, or in the settings, before a snapshot; numbers choose a listing. */
type Step =
  | { readonly kind: 'add'; readonly price: number | undefined }
  | { readonly kind: 'change'; readonly at: number; readonly price: number | undefined }
  | { readonly kind: 'rename' | 'remove' | 'return'; readonly at: number }
  | { readonly kind: 'filter'; readonly max: number | undefined };

const price = fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined, freq: 6 });
const at = fc.nat({ max: 1_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), price }),
  fc.record({ kind: fc.constant('change' as const), at, price }),
  fc.record({ kind: fc.constantFrom('rename' as const, 'remove' as const, 'return' as const), at }),
  fc.record({ kind: fc.constant('filter' as const), max: price }),
);
const history = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
  minLength: snapshots,
  maxLength: snapshots,
});

/** A listing in the CRM: what it holds, and whether it is on offer. */
interface Row {
  readonly ref: string;
  readonly price: number | undefined;
  readonly status: 'active' | 'removed_by_feed';
}

/** The partner's catalogue, and what the CRM is to hold of it. */
class Model {
  readonly rows = new Map<string, Row>();
  readonly #offered = new Map<string, Listing>();
  readonly #gone = new Map<string, Listing>();
  #count = 0;
  max: number | undefined;

  get listings(): readonly Listing[] {
    return [...this.#offered.values()];
  }

  take(step: Step): void {
    const offered = this.listings;
    switch (step.kind) {
      case 'add':
        this.add(step.price);
        return;
      case 'filter':
        this.max = step.max;
        return;
      case 'return': {
        const back = [...this.#gone.values()].at(step.at % Math.max(this.#gone.size, 1));
        if (back === undefined) return;
        this.#gone.delete(back.id);
        this.#offered.set(back.id, back);
        return;
      }
      case 'change':
      case 'rename':
      case 'remove': {
        const one = offered[step.at % offered.length];
        if (one === undefined) return;
        if (step.kind === 'change') this.#offered.set(one.id, { ...one, price: step.price });
        else if (step.kind === 'rename')
          this.#offered.set(one.id, { ...one, ref: `N${String(++this.#count)}` });
        else if (offered.length > 6) {
          this.#offered.delete(one.id);
          this.#gone.set(one.id, one);
        }
      }
    }
  }

  add(given: number | undefined): void {
    const id = String(++this.#count);
    this.#offered.set(id, { id, ref: `R${id}`, price: given });
  }

  /** A snapshot is synced. What is excluded or gone keeps what it held. */
  sync(): void {
    for (const [id, row] of this.rows) {
      if (!this.#comesIn(id)) this.rows.set(id, { ...row, status: 'removed_by_feed' });
    }
    for (const { id, ref, price: asked } of this.listings) {
      if (this.#comesIn(id)) this.rows.set(id, { ref, price: asked, status: 'active' });
    }
  }

  #comesIn(id: string): boolean {
    const one = this.#offered.get(id);
    if (one === undefined) return false;
    return one.price === undefined || this.max === undefined || one.price <= this.max;
  }
}

/** What the CRM holds of a feed, by the ids of the partner, and which row each of them is. */
async function held(feed: TestFeed, account: string) {
  const rows = await crm.rows(
    `SELECT m.source_id, c.id::text, c.reference, c.price::float8, c.status FROM crm.properties c JOIN crm.accounts a ON a.id = c.account_id
       JOIN migration.id_map m ON m.account_id = c.account_id AND m.target_id = c.id AND m.target_table = 'properties'
      WHERE a.slug = $1 AND c.feed_id = $2 AND NOT c.is_deleted`,
    [account, feed.id],
  );
  return {
    rows: new Map(
      rows.map((row) => [
        String(row['source_id']),
        { ref: row['reference'], price: row['price'] ?? undefined, status: row['status'] },
      ]),
    ),
    ids: new Map(rows.map((row) => [String(row['source_id']), String(row['id'])])),
  };
}

it(`leaves the CRM as the model says after each of ${String(snapshots)} snapshots`, async () => {
  const feeds = feedsOf(crm, 'replay');
  const none = { count: null, share: null };
  const guards = { all: none, town: none, agent: none };
  const feed = await feeds.add('partner', { guards });
  const model = new Model();
  for (let n = 1; n <= 8; n++) model.add(n);
  const known = new Map<string, string>();
  const [steps = []] = fc.sample(history, { numRuns: 1, seed });
  for (const [place, changes] of [[], ...steps].entries()) {
    const { max } = model;
    for (const change of changes) model.take(change);
    const about = `snapshot ${String(place)} of seed ${String(seed)}: ${JSON.stringify(changes)}`;
    if (model.max !== max) {
      const price = { max: model.max === undefined ? null : String(model.max) };
      await feeds.useCases.feedEdit({ feed: 'partner', changes: { price } });
    }
    await feed.sync(model.listings, true);
    model.sync();
    const found = await held(feed, 'replay');
    expect(found.rows, about).toEqual(model.rows);
    for (const [sourceId, id] of found.ids) {
      expect(known.get(sourceId) ?? id, about).toBe(id);
      known.set(sourceId, id);
    }
  }
  feeds.remove();
});
