import { describe, expect, it } from 'vitest';
import { sooprema } from '../../adapters/sooprema/index.ts';
import { SourceError } from '../../src/model/errors.ts';
import { countTexts, readTexts } from '../support/read-text.ts';

const read = (...texts: string[]) => readTexts(sooprema, ...texts);

const exported = (results: string): string =>
  `{"request":{"endpoint":"/export"},"response":{"status":"ok","reason":"","results":{${results}}}}`;

const answer = (endpoint: string, info: string, items: string): string =>
  `{"request":{"endpoint":"${endpoint}"},"response":{"status":"ok","results":{"info":{${info}},"items":[${items}]}}}`;

describe('the shapes of a document', () => {
  it('reads the collections of a whole export', async () => {
    const { records, issues } = await read(
      exported(
        '"users":{"info":{"count":1},"items":[{"id":3}]},"contacts":{"items":[{"id":"41"}]}',
      ),
    );
    expect(records).toMatchObject([
      { entity: 'users', sourceId: '3', fields: { id: '3' } },
      { entity: 'contacts', sourceId: '41' },
    ]);
    expect(issues).toEqual([]);
  });

  it('names the collection of an answer by the endpoint, wherever the request stands', async () => {
    const last =
      '{"response":{"results":{"items":[{"id":1}]},"status":"ok"},"request":{"endpoint":"/v1/contacts/?page=2"}}';
    expect((await read(answer('/contacts', '', '{"id":1}'))).records).toMatchObject([
      { entity: 'contacts' },
    ]);
    expect((await read(last)).records).toMatchObject([{ entity: 'contacts' }]);
    expect(await countTexts(sooprema, last)).toMatchObject({ contacts: { active: 1 } });
  });

  it('takes an answer without an endpoint for properties only if they look like it', async () => {
    const text = (item: string): string =>
      `{"request":{},"response":{"status":"ok","results":{"items":[${item}]}}}`;
    expect((await read(text('{"id":1,"salesReference":"R"}'))).records).toMatchObject([
      { entity: 'properties' },
    ]);
    await expect(read(text('{"id":1,"name":"x"}'))).rejects.toThrow(SourceError);
  });

  it('reads properties from a bare list and from a file of one property a line', async () => {
    const one = '{"id":1,"salesReference":"A"}';
    const two = '{"id":2,"salesReference":"B"}';
    const ids = async (text: string) => (await read(text)).records.map(({ sourceId }) => sourceId);
    expect(await ids(`[${one},${two}]`)).toEqual(['1', '2']);
    expect(await ids(`${one}\n${two}\n`)).toEqual(['1', '2']);
  });

  it('passes over what some systems put first in a list: how long it is', async () => {
    const text = '[{"posicion":1,"elementos":1,"total":1},{"id":1,"salesReference":"A"}]';
    const { records, issues } = await read(text);
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['1']);
    expect(issues).toEqual([]);
    expect(await countTexts(sooprema, text)).toMatchObject({ properties: { active: 1 } });
  });

  it('goes on after a line that is not JSON, and counts it', async () => {
    const text = '{"id":1,"salesReference":"A"}\n{"id":2,,}\n{"id":3,"salesReference":"C"}\n';
    const { records, issues } = await read(text);
    expect(records.map(({ entity, line }) => [entity, line])).toEqual([
      ['properties', 1],
      ['properties', 2],
      ['properties', 3],
    ]);
    expect(issues).toMatchObject([{ code: 'RECORD_MALFORMED', severity: 'error', line: 2 }]);
    expect(await countTexts(sooprema, text)).toMatchObject({ properties: { active: 3 } });
  });

  it('reads items in an object of numbers, as PHP writes a list with gaps', async () => {
    const { records } = await read(exported('"users":{"items":{"0":{"id":7},"2":{"id":8}}}'));
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['7', '8']);
  });

  it('keeps the records of a collection that it does not know, and says so once', async () => {
    const { records, issues } = await read(exported('"valu:ations":{"items":[{"id":1},{"id":2}]}'));
    expect(records.map(({ entity }) => entity)).toEqual(['valu_ations', 'valu_ations']);
    expect(issues.map(({ code }) => code)).toEqual(['UNKNOWN_COLLECTION']);
  });

  it('gives the time zone of the document to the records after it', async () => {
    const { records } = await read(
      exported(
        '"users":{"items":[{"id":1}]},"info":{"timezone":"Atlantic/Canary"},"tasks":{"items":[{"id":1}]}',
      ),
    );
    expect(records.map(({ timezone }) => timezone)).toEqual([undefined, 'Atlantic/Canary']);
  });
});

describe('the status of an answer', () => {
  it('is an error with its reason, even where the items came first', async () => {
    const text =
      '{"response":{"results":{"users":{"items":[{"id":1}]}},"status":"error","reason":"Wrong key"}}';
    await expect(read(text)).rejects.toThrow(/file-1.*"error": Wrong key/);
  });

  it('is an error before the first item where it came first', async () => {
    const text = '{"response":{"status":"error","results":{"users":{"items":[{"id":1}]}}}}';
    await expect(read(text)).rejects.toThrow(/no reason given/);
  });

  it('must be there', async () => {
    await expect(read('{"response":{"results":{"users":{"items":[]}}}}')).rejects.toThrow(
      /malformed/,
    );
  });
});

describe('counts that the document declares', () => {
  it('are compared for each collection and for the whole', async () => {
    const { issues } = await read(
      exported(
        '"info":{"count":9},"users":{"items":[{"id":1}],"info":{"count":2}},"tasks":{"info":{"count":"1"},"items":[{"id":1}]}',
      ),
    );
    expect(issues).toMatchObject([
      { code: 'DECLARED_COUNT_DIFFERS', entity: 'users', args: { declared: '2', found: '1' } },
      { code: 'DECLARED_COUNT_DIFFERS', args: { declared: '9', found: '2' } },
    ]);
  });

  it('may be those of all pages', async () => {
    const { issues } = await read(
      answer('/users', '"count":3,"total":3,"page":1,"perPage":2', '{"id":1},{"id":2}'),
      answer('/users', '"count":3,"total":3,"page":2,"perPage":2', '{"id":3}'),
    );
    expect(issues).toEqual([]);
  });

  it('are compared where there are no pages, too', async () => {
    const { issues } = await read(answer('/users', '"count":1,"total":3', '{"id":1}'));
    expect(issues).toMatchObject([
      { code: 'DECLARED_COUNT_DIFFERS', args: { declared: '3', found: '1' } },
    ]);
  });

  it('show a missing page', async () => {
    const { issues } = await read(
      answer('/users', '"total":5,"page":1,"perPage":2', '{"id":1},{"id":2}'),
      answer('/users', '"total":5,"page":3,"perPage":2', '{"id":5}'),
    );
    expect(issues).toMatchObject([
      { code: 'DOCUMENT_PAGE_MISSING', entity: 'users', args: { missing: '2', pages: '3' } },
    ]);
  });

  it('show pages with too few items', async () => {
    const { issues } = await read(
      answer('/users', '"total":4,"page":1,"perPage":2', '{"id":1},{"id":2}'),
      answer('/users', '"total":4,"page":2,"perPage":2', '{"id":3}'),
    );
    expect(issues).toMatchObject([
      { code: 'DECLARED_COUNT_DIFFERS', args: { declared: '4', found: '3' } },
    ]);
  });

  it('of a million pages do not fill the memory with their numbers', async () => {
    const { issues } = await read(
      answer('/users', '"total":1000000000,"page":1,"perPage":1', '{"id":1}'),
    );
    expect(issues[0]?.args).toEqual({
      missing: '2, 3, 4, 5, 6, 7, 8, 9, 10, 11',
      pages: '1000000000',
    });
  });
});

describe('an item', () => {
  const item = async (text: string, collection = 'contacts') => {
    const { records, issues } = await read(exported(`"${collection}":{"items":[${text}]}`));
    return { record: records[0], codes: issues.map(({ code }) => code), issues };
  };

  it.each([
    ['{"id":41}', '41'],
    ['{"id":" 41 "}', '41'],
    ['{"id":"007"}', '007'],
    ['{"id":9007199254740993}', '9007199254740993'],
  ])('%s has the id %s', async (text, id) => {
    expect((await item(text)).record?.sourceId).toBe(id);
  });

  it.each(['1', '"1"', 'true', '"true"'])('with isDeleted %s is deleted', async (mark) => {
    expect((await item(`{"id":1,"isDeleted":${mark}}`)).record?.deleted).toBe(true);
  });

  it.each(['0', '"0"', 'false', '""', 'null', '[]'])('with isDeleted %s is not', async (mark) => {
    const text = `{"id":1,"isDeleted":${mark}}`;
    expect((await item(text)).record?.deleted).toBe(false);
    const counts = await countTexts(sooprema, exported(`"contacts":{"items":[${text}]}`));
    expect(counts).toMatchObject({ contacts: { active: 1, deleted: 0 } });
  });

  it('without an id is known by its content, in whatever order, and is an error', async () => {
    const first = await item('{"firstName":"Ana","lastName":"B"}');
    const second = await item('{"lastName":"B","firstName":"Ana"}');
    expect(first.record?.sourceId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(second.record?.sourceId).toBe(first.record?.sourceId);
    expect(first.codes).toEqual(['RECORD_WITHOUT_ID']);
  });

  it('that is a property without an id is known by its reference', async () => {
    const { record, codes } = await item('{"id":"","salesReference":" R-1 "}', 'properties');
    expect(record?.sourceId).toBe('R-1');
    expect(codes).toEqual([]);
  });

  it.each([
    ['"text"', 'text'],
    ['5', '5'],
    ['null', null],
    ['[1]', ['1']],
  ])('that is %s is kept whole, as an error', async (text, value) => {
    const { record, codes } = await item(text);
    expect(record?.fields).toEqual({ value });
    expect(codes).toEqual(['RECORD_UNREADABLE']);
  });

  it('with a key twice has its last value, and an issue with the path', async () => {
    const { record, issues } = await item('{"id":1,"email":"a","email":"b","x":{"y":1,"y":2}}');
    expect(record?.fields).toMatchObject({ email: 'b', x: { y: '2' } });
    expect(issues).toMatchObject([
      { code: 'DUPLICATE_KEY', sourceId: '1', field: 'email' },
      { code: 'DUPLICATE_KEY', sourceId: '1', field: 'x.y' },
    ]);
  });

  it('has lists where PHP wrote objects of numbers', async () => {
    const item =
      '{"id":1,"salesReference":"A","images":{"10":{"id":3},"2":{"id":2},"total":2},"tags":[{"0":"x"}]}';
    const { records } = await read(`[${item}]`);
    expect(records[0]?.fields).toMatchObject({
      images: [{ id: '2' }, { id: '3' }],
      tags: [['x']],
    });
  });

  it('with telephones that are numbers has an issue for each', async () => {
    const { records, issues } = await read(
      answer('/contacts', '', '{"id":1,"mobile":600000001,"phone":"965000001","nif":1}'),
    );
    expect(records).toMatchObject([{ fields: { mobile: '600000001', nif: '1' } }]);
    expect(issues).toMatchObject([
      { code: 'PHONE_WRITTEN_AS_NUMBER', sourceId: '1', field: 'mobile', value: '600000001' },
    ]);
  });

  it('keeps the text of its numbers, and features as they are', async () => {
    const { record } = await item('{"id":1,"ibi":1.10,"big":1e3,"features":{"a":1}}', 'properties');
    expect(record?.fields).toEqual({ id: '1', ibi: '1.10', big: '1e3', features: { a: '1' } });
  });
});

describe('the baseline', () => {
  it('splits by the words of a status and by year', async () => {
    const active = { active: 1, deleted: 0 };
    const deleted = { active: 0, deleted: 1 };
    const counts = await countTexts(
      sooprema,
      exported(
        '"deals":{"items":[{"id":1,"stage":"won","status":"won","created":"2024-01-01 10:00:00"},' +
          '{"id":2,"stage":"offer","status":"open","created":"","isDeleted":"1"},7]}',
      ),
    );
    expect(counts).toEqual({
      deals: {
        active: 2,
        deleted: 1,
        by: {
          status: { won: active, open: deleted },
          stage: { won: active, offer: deleted },
          year: { '2024': active, '': { active: 1, deleted: 1 } },
        },
      },
    });
  });
});

describe('recognising', () => {
  const detect = (text: string) => sooprema.detect(new TextEncoder().encode(text), 'x');
  it.each([
    '{"a":1}',
    '[{"id":1}]',
    '<root><kyero/></root>',
    'salesReference,id\n',
    '',
    '{"contacts":[{"salesreference":1}]}',
  ])('leaves %s to others', (text) => {
    expect(detect(text)).toBeUndefined();
  });

  it('reads UTF-16', () => {
    const text = '{"response":{"status":"ok","results":{"contacts":{"items":[]}}}}';
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(sooprema.detect(bytes, 'x')?.confidence).toBeGreaterThan(0.9);
  });

  it('knows an answer that is an error, so that its reason can be told', () => {
    expect(detect('{"request":{},"response":{"status":"error","reason":"x"}}')).toBeDefined();
  });
});
