import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FeedSettingsInput } from '../../src/feeds/contract.ts';
import type { UseCases } from '../../src/run/contract.ts';
import type { FeedSyncDocument } from '../../src/run/documents.ts';
import type { TestCrm } from './use-cases.ts';

/** A listing as a partner's feed has it. */
export interface Listing {
  readonly id: string;
  readonly ref: string;
  readonly price?: number | undefined;
  readonly town?: string;
  readonly type?: string;
  readonly province?: string;
  readonly images?: readonly string[];
}

/** A feed in Kyero's format. */
export function kyeroFeed(listings: readonly Listing[], agent = 'Partner Homes'): string {
  const one = ({ id, ref, price, town, type, province, images }: Listing) =>
    `<property><id>${id}</id><date>2026-01-01 10:00:00</date><ref>${ref}</ref><price>${price === undefined ? '' : String(price)}</price>` +
    `<currency>EUR</currency><price_freq>sale</price_freq><type>${type ?? 'Villa'}</type><town>${town ?? 'Denia'}</town>` +
    `<province>${province ?? 'Alicante'}</province><country>Spain</country><desc><en>Home ${ref}</en></desc>` +
    `<images>${(images ?? []).map((url, index) => `<image id="${String(index + 1)}"><url>${url}</url></image>`).join('')}</images></property>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?><root><kyero><feed_version>3</feed_version></kyero>` +
    `<agent><id>${agent}</id><name>${agent}</name></agent>${listings.map(one).join('')}</root>`
  );
}

/** A partner whose feed is a file, and the agency's feed of it. */
export interface TestFeed {
  readonly useCases: UseCases;
  /** Id of the feed. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  /** Writes the body and syncs. */
  sync(body: readonly Listing[] | string, trust?: boolean): Promise<FeedSyncDocument>;
  /** Its listings in the CRM by reference, as `status price`. */
  listings(): Promise<Readonly<Record<string, string>>>;
}

/** Makes feeds of one account, with a directory for their files. */
export function feedsOf(crm: TestCrm, account: string) {
  const directory = mkdtempSync(join(tmpdir(), 'tesoro-feeds-'));
  const useCases = crm.as(account, { feedBodies: join(directory, 'bodies') });
  return {
    useCases,
    directory,
    add: async (name: string, settings: Partial<FeedSettingsInput> = {}): Promise<TestFeed> => {
      const file = join(directory, `${name}.xml`);
      const { feed: id } = await useCases.feedAdd({
        settings: { name, provider: 'kyero', url: file, mode: 'active', ...settings },
      });
      return {
        useCases,
        id,
        name,
        file,
        sync: async (body, trust) => {
          writeFileSync(file, typeof body === 'string' ? body : kyeroFeed(body));
          return useCases.feedSync({ feed: name, reason: 'manual', trust });
        },
        listings: async () => {
          const rows = await crm.rows(
            `SELECT c.reference, c.status, c.price::text FROM crm.properties c WHERE c.feed_id = $1 AND NOT c.is_deleted ORDER BY 1`,
            [id],
          );
          return Object.fromEntries(
            rows.map(({ reference, status, price }) => [
              String(reference),
              `${String(status)} ${String(price)}`,
            ]),
          );
        },
      };
    },
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
