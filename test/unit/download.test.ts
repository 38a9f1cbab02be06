// Downloads from a partner's server that misbehaves: real HTTP on loopback, which is allowed by name.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type DownloadRequest,
  feedLimits,
  type DownloadLimits,
  type Network,
} from '../../src/download/contract.ts';
import { createDownloader } from '../../src/download/downloader.ts';
import { DownloadError } from '../../src/download/failure.ts';
import { AbortedError, SourceError, TargetError } from '../../src/model/errors.ts';
import * as partners from '../support/partner.ts';

const limits: DownloadLimits = {
  ...feedLimits,
  connectMs: 1000,
  idleMs: 400,
  totalMs: 20_000,
  attempts: 1,
  backoffMs: 1,
  maxBackoffMs: 20,
};
const text = '<root>'.padEnd(5000, 'a long feed ') + '</root>';
const sumOf = (body: string) => createHash('sha256').update(body).digest('hex');
const tls = {
  key: readFileSync(new URL('../data/tls/key.pem', import.meta.url)),
  cert: readFileSync(new URL('../data/tls/certificate.pem', import.meta.url), 'utf8'),
};

describe('a download', () => {
  let partner: partners.Partner;
  let directory: string;
  const closing: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    partner = await partners.startPartner();
    closing.push(() => partner.close());
    directory = mkdtempSync(join(tmpdir(), 'tesoro-download-'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    rmSync(directory, { recursive: true, force: true });
  });

  interface Setting {
    readonly network?: Partial<Network>;
    readonly limits?: Partial<DownloadLimits>;
    readonly request?: Partial<DownloadRequest>;
  }
  const get = async (url: string, setting: Setting = {}) => {
    const downloader = createDownloader(
      {
        allow: ['127.0.0.1'],
        random: () => 0,
        now: () => new Date('2026-07-29T12:00:00Z'),
        ...setting.network,
      },
      limits,
    );
    closing.push(() => downloader.close());
    return downloader.download({
      url,
      directory,
      limits: { ...limits, ...setting.limits },
      signal: new AbortController().signal,
      ...setting.request,
    });
  };
  const failure = async (url: string, setting: Setting = {}): Promise<DownloadError> => {
    const before = readdirSync(directory);
    const error: unknown = await get(url, setting).then(
      (outcome) => outcome,
      (cause: unknown) => cause,
    );
    if (!(error instanceof DownloadError)) throw new Error('no DownloadError', { cause: error });
    expect(error).toBeInstanceOf(SourceError);
    expect(error.exitCode).toBe(4);
    expect(error.hint).toBeTruthy();
    expect(readdirSync(directory)).toEqual(before);
    return error;
  };
  const received = async (url: string, setting: Setting = {}) => {
    const outcome = await get(url, setting);
    if (outcome.kind !== 'received') throw new Error(outcome.kind);
    return { ...outcome, text: readFileSync(outcome.file, 'utf8') };
  };

  it('is a file on the disk, with its checksum and what the server says of its version', async () => {
    partner.on(
      '/feed.xml',
      partners.whole(text, {
        etag: '"1"',
        'last-modified': 'Wed, 29 Jul 2026 10:00:00 GMT',
        'content-type': 'text/xml',
      }),
    );
    expect(await received(partner.url('/feed.xml'))).toMatchObject({
      text,
      sha256: sumOf(text),
      bytes: 5007,
      wireBytes: 5007,
      etag: '"1"',
      lastModified: 'Wed, 29 Jul 2026 10:00:00 GMT',
      contentType: 'text/xml',
      from: partner.url('/feed.xml'),
      attempts: 1,
    });
  });

  it('is not sent again to whoever has it', async () => {
    partner.on('/feed.xml', partners.versioned(text));
    const { etag } = await received(partner.url('/feed.xml'));
    const known = { etag, lastModified: 'Wed, 29 Jul 2026 10:00:00 GMT' };
    expect(await get(partner.url('/feed.xml'), { request: { known } })).toMatchObject({
      kind: 'unchanged',
      ...known,
    });
    expect(partner.asked[1]?.headers['if-modified-since']).toBe(known.lastModified);
    expect(readdirSync(directory)).toHaveLength(1);
    partner.on('/odd', partners.status(304));
    expect((await failure(partner.url('/odd'))).reason).toBe('status');
  });

  it.each([
    ['gzip', partners.gzipped(text)],
    ['deflate', partners.whole(deflateSync(text), { 'content-encoding': 'deflate' })],
    ['deflate', partners.whole(deflateRawSync(text), { 'content-encoding': 'Deflate' })],
    ['br', partners.whole(brotliCompressSync(text), { 'content-encoding': 'br' })],
    ['identity', partners.whole(text, { 'content-encoding': 'identity' })],
  ])('is unpacked (%s)', async (encoding, answer) => {
    partner.on('/feed.xml', answer);
    const outcome = await received(partner.url('/feed.xml'));
    expect(outcome.text).toBe(text);
    expect(outcome.wireBytes < 500).toBe(encoding !== 'identity');
    expect(partner.asked[0]?.headers['accept-encoding']).toMatch(/^gzip, deflate, br/);
  });

  describe('is refused whole', () => {
    it.each([
      ['cut off', partners.truncated(text), 'truncated'],
      ['with chunks that break off', partners.brokenChunks(text), 'truncated'],
      ['packed and cut off', partners.gzippedHalf(text), 'truncated'],
      ['not packed as it says', partners.saysGzip(text), 'encoding'],
      ['packed twice', partners.whole(text, { 'content-encoding': 'gzip, gzip' }), 'encoding'],
      ['packed oddly', partners.whole(text, { 'content-encoding': 'compress' }), 'encoding'],
      ['empty', partners.whole(''), 'empty'],
      ['without content', partners.status(204), 'status'],
      ['a part', partners.status(206), 'status'],
      ['without an end', partners.endless(), 'too-large'],
      ['a bomb', partners.bomb(64 * 1024 ** 2), 'too-large'],
      ['silent', partners.silent(), 'idle'],
      ['stalled', partners.stalled('x'), 'idle'],
      ['very slow', partners.slow(20), 'timeout'],
      ['reset', partners.reset(), 'connection'],
      ['missing', partners.status(404), 'status'],
      ['broken', partners.status(500), 'status'],
    ] as const)('when it is %s', async (_, answer, reason) => {
      partner.on('/feed.xml', answer);
      const error = await failure(partner.url('/feed.xml'), {
        limits: { maxBytes: 1024 ** 2, ...(reason === 'timeout' ? { totalMs: 300 } : {}) },
      });
      expect(error.reason).toBe(reason);
      expect(error.message).toContain(partner.url('/feed.xml'));
    });

    it('when a small body grows too much, long before the size that is allowed', async () => {
      partner.on('/feed.xml', partners.bomb(64 * 1024 ** 2));
      const error = await failure(partner.url('/feed.xml'));
      expect(error.message).toContain('more than 200 times its size');
    });

    it('when there is no server', async () => {
      const gone = await partners.startPartner();
      await gone.close();
      expect(await failure(gone.url('/'))).toMatchObject({ reason: 'connection', retriable: true });
      const resolve = () =>
        Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
      expect(await failure('http://nowhere.test/', { network: { resolve } })).toMatchObject({
        reason: 'name',
        retriable: false,
      });
    });

    it('when the disk does not take it', async () => {
      partner.on('/feed.xml', partners.whole(text));
      const request = { directory: '/dev/null/nowhere' };
      await expect(get(partner.url('/feed.xml'), { request })).rejects.toThrow(TargetError);
    });

    it('when it is stopped', async () => {
      partner.on('/feed.xml', partners.slow(5));
      const controller = new AbortController();
      const going = get(partner.url('/feed.xml'), { request: { signal: controller.signal } });
      setTimeout(() => {
        controller.abort();
      }, 30);
      await expect(going).rejects.toThrow(AbortedError);
      await expect(
        get(partner.url('/feed.xml'), { request: { signal: controller.signal } }),
      ).rejects.toThrow(AbortedError);
      expect(readdirSync(directory)).toEqual([]);
    });
  });

  describe('is tried again', () => {
    it.each([
      ['500, then fine', [partners.status(500), partners.status(502)], 3],
      ['429 with Retry-After', [partners.status(429, { 'retry-after': '0' })], 2],
      [
        '503 until a date',
        [partners.status(503, { 'retry-after': 'Wed, 29 Jul 2026 11:00:00 GMT' })],
        2,
      ],
      ['reset', [partners.reset()], 2],
      ['cut off', [partners.truncated(text)], 2],
      ['stalled', [partners.stalled('x')], 2],
    ] as const)('after %s', async (_, before, attempts) => {
      partner.on('/feed.xml', ...(before as [partners.Answer]), partners.whole(text));
      const outcome = await received(partner.url('/feed.xml'), { limits: { attempts: 4 } });
      expect(outcome).toMatchObject({ text, attempts });
      expect(readdirSync(directory)).toHaveLength(1);
    });

    it('not more often than it may be', async () => {
      partner.on('/feed.xml', partners.status(503));
      await failure(partner.url('/feed.xml'), { limits: { attempts: 3 } });
      expect(partner.asked).toHaveLength(3);
    });

    it.each([
      ['404', partners.status(404)],
      ['401', partners.status(401)],
      ['501', partners.status(501)],
      ['429 for an hour', partners.status(429, { 'retry-after': '3600' })],
      ['a wrong encoding', partners.saysGzip(text)],
    ])('not after %s', async (_, answer) => {
      partner.on('/feed.xml', answer);
      const error = await failure(partner.url('/feed.xml'), { limits: { attempts: 4 } });
      expect(partner.asked).toHaveLength(1);
      expect(error.retryAfterMs).toBe(error.status === 429 ? 3_600_000 : undefined);
    });
  });

  describe('keeps secrets', () => {
    it('out of what people read, and sends them to the server', async () => {
      partner.on('/feed.xml', partners.status(401));
      const url = partner
        .url('/feed.xml?id=7&token=opensesame')
        .replace('://', '://ann%40a.es:s%C3%A9cret@');
      const error = await failure(url);
      expect(error.message).toBe(
        `${partner.url('/feed.xml')}?id=7&token=…: the server answered 401 Unauthorized.`,
      );
      const basic = `Basic ${Buffer.from('ann@a.es:sécret').toString('base64')}`;
      expect(partner.asked[0]).toMatchObject({
        path: '/feed.xml?id=7&token=opensesame',
        headers: { authorization: basic },
      });
    });

    it('from any other server that it is redirected to', async () => {
      const other = await partners.startPartner();
      closing.push(() => other.close());
      partner.on('/feed.xml', partners.redirect('/moved.xml', 307));
      partner.on('/moved.xml', partners.redirect(other.url('/feed.xml'), 301));
      other.on('/feed.xml', partners.redirect(partner.url('/back.xml')));
      partner.on('/back.xml', partners.whole(text));
      const headers = { 'X-Key': 'sesame', Authorization: 'Bearer sesame', Cookie: 'a=sesame' };
      const outcome = await received(partner.url('/feed.xml'), { request: { headers } });
      expect(outcome.from).toBe(partner.url('/back.xml'));
      const sent = [...partner.asked, ...other.asked].map(({ path, headers: had }) => [
        path,
        [had['x-key'], had.authorization, had.cookie].join(),
      ]);
      const all = 'sesame,Bearer sesame,a=sesame';
      expect(sent).toEqual([
        ['/feed.xml', all],
        ['/moved.xml', all],
        ['/back.xml', all],
        ['/feed.xml', ',,'],
      ]);
    });
  });

  describe('follows redirects', () => {
    it('not in a circle, not for ever, and not to what is no address of the web', async () => {
      partner.on('/a', partners.redirect('/b'));
      partner.on('/b', partners.redirect('/a'));
      expect((await failure(partner.url('/a'))).message).toContain('in a circle');
      for (let nth = 0; nth < 8; nth += 1)
        partner.on(`/${String(nth)}`, partners.redirect(`/${String(nth + 1)}`));
      partner.on('/8', partners.whole(text));
      expect((await failure(partner.url('/1'))).message).toContain('more than 5 times');
      expect((await received(partner.url('/3'))).text).toBe(text);
      for (const location of ['file:///etc/passwd', 'http://', 'ftp://a.es/x']) {
        partner.on('/odd', partners.redirect(location));
        expect((await failure(partner.url('/odd'))).reason).toBe('redirect');
      }
      partner.on('/nowhere', partners.status(302));
      expect((await failure(partner.url('/nowhere'))).reason).toBe('status');
    });

    it('not from https to http', async () => {
      const safe = await partners.startPartner(tls);
      closing.push(() => safe.close());
      partner.on('/feed.xml', partners.whole(text));
      safe.on('/moved', partners.redirect('/feed.xml'));
      safe.on('/feed.xml', partners.whole(text));
      safe.on('/down', partners.redirect(partner.url('/feed.xml')));
      const network = { authorities: tls.cert };
      expect((await received(safe.url('/moved'), { network })).text).toBe(text);
      expect((await failure(safe.url('/down'), { network })).reason).toBe('redirect');
      expect(partner.asked).toEqual([]);
    });
  });

  it('is had only from a server whose certificate is trusted, whatever the environment says', async () => {
    const safe = await partners.startPartner(tls);
    closing.push(() => safe.close());
    safe.on('/feed.xml', partners.whole(text));
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await failure(safe.url('/feed.xml'))).toMatchObject({
        reason: 'tls',
        retriable: false,
      });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    // Trusted, and of another name.
    const network = {
      authorities: tls.cert,
      allow: ['elsewhere.test'],
      resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
    };
    const url = `https://elsewhere.test:${String(safe.port)}/feed.xml`;
    expect((await failure(url, { network })).reason).toBe('tls');
    expect(safe.asked).toEqual([]);
  });

  describe('asks public addresses alone', () => {
    it.each([
      'http://127.0.0.2/',
      'http://0x7f.0.0.2/',
      'http://2130706434/',
      'http://0177.0.0.2/',
      'http://127.2/',
      'http://１２７.０.０.２/',
      'http://127.0.0.2./',
      'http://[::1]/',
      'http://[::ffff:127.0.0.2]/',
      'http://[::127.0.0.2]/',
      'http://[64:ff9b::a00:1]/',
      'http://[64:ff9b:1::a00:1]/',
      'http://[2002:7f00:1::]/',
      'http://[fe80::1]/',
      'http://[fd00:ec2::254]/',
      'http://[ff02::1]/',
      'http://10.0.0.1/',
      'http://172.31.255.255/',
      'http://192.168.1.1/',
      'http://100.64.0.1/',
      'http://100.100.100.200/',
      'http://169.254.169.254/latest/meta-data/',
      'http://168.63.129.16/',
      'http://0.0.0.0/',
      'http://224.0.0.1/',
      'http://255.255.255.255/',
      'http://192.0.2.1/',
    ])('and not %s', async (url) => {
      expect((await failure(url)).reason).toBe('refused');
      partner.on('/feed.xml', partners.redirect(url));
      expect((await failure(partner.url('/feed.xml'))).reason).toBe('refused');
    });

    it.each(['file:///etc/passwd', 'ftp://a.es/', 'data:text/plain,a', 'feed.xml', ''])(
      'and nothing that is no address of the web (%s)',
      async (url) => {
        expect((await failure(url)).reason).toBe('address');
      },
    );

    const named = (...addresses: readonly string[]) => ({
      resolve: () =>
        Promise.resolve(
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        ),
    });

    it.each([
      [['10.0.0.1']],
      [['fd00::1']],
      [['::ffff:10.0.0.1']],
      [['93.184.215.14', '10.0.0.1']],
      [['2606:2800:21f::1', 'fe80::1%eth0']],
      [['127.0.0.2', '127.0.0.1']],
    ])('also where a name leads to %j', async (addresses) => {
      const error = await failure('http://feeds.test/', { network: named(...addresses) });
      expect(error.reason).toBe('refused');
      expect(error.message).toContain('feeds.test (');
    });

    it('whatever a name led to a moment before', async () => {
      // The answer of the name changes between two connections: each is made to what was checked for it.
      const answers = ['127.0.0.1', '127.0.0.2', '127.0.0.1'];
      let asked = 0;
      const network: Partial<Network> = {
        resolve: () => Promise.resolve([{ address: answers[asked++] ?? '', family: 4 }]),
      };
      const url = `http://feeds.test:${String(partner.port)}`;
      partner.on('/feed.xml', partners.whole(text, { connection: 'close' }));
      expect((await received(`${url}/feed.xml`, { network })).text).toBe(text);
      expect((await failure(`${url}/feed.xml`, { network })).reason).toBe('refused');
      expect(partner.asked).toHaveLength(1);
      expect((await received(`${url}/feed.xml`, { network })).text).toBe(text);
    });

    it.each([[['127.0.0.0/8']], [['feeds.test']], [['::1', '127.0.0.1']]])(
      'but for those that are allowed: %j',
      async (allow) => {
        partner.on('/feed.xml', partners.whole(text));
        const network = { allow, ...named('127.0.0.1') };
        const url = `http://feeds.test:${String(partner.port)}/feed.xml`;
        expect((await received(url, { network })).text).toBe(text);
      },
    );

    it.each([['*'], ['127.0.0.1:80'], ['10.0.0.0/99'], ['127.1'], ['http://a.es']])(
      'and does not take %s for an address that is allowed',
      async (entry) => {
        await expect(get(partner.url('/'), { network: { allow: [entry] } })).rejects.toThrow(
          `“${entry}” is no address`,
        );
      },
    );
  });
});
