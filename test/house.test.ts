// Who may import whom (architecture.md §2), read from the sources themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support/cli.ts';

interface Import {
  readonly from: string;
  /** Path of the file below the package, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const sources = ['src', 'adapters'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`),
);
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

/** Comments and the insides of quoted texts hold no code. */
const codeOf = (file: string) =>
  textOf(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''");

const statement =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

const imports: readonly Import[] = sources.flatMap((from) =>
  [...textOf(from).matchAll(statement)].map(([, type, named, loaded]) => {
    const to = named ?? loaded ?? '';
    return {
      from,
      to: to.startsWith('.') ? normalize(join(dirname(from), to)) : packageOf(to),
      typeOnly: type !== undefined,
    };
  }),
);

function packageOf(name: string): string {
  if (name.startsWith('node:')) return name;
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}

const isClient = (path: string) => path.startsWith('src/web/client/');
const isOwn = (to: string) => to.startsWith('src/') || to.startsWith('adapters/');

/** Imports that start in one place and lead where they may not. */
function straying(starts: (from: string) => boolean, allowed: (found: Import) => boolean) {
  return imports
    .filter((found) => starts(found.from) && !allowed(found))
    .map(({ from, to, typeOnly }) => `${from} → ${to}${typeOnly ? ' (type)' : ''}`);
}

const below =
  (...folders: readonly string[]) =>
  (path: string) =>
    folders.some((folder) => path.startsWith(`${folder}/`));

describe('the directions of imports', () => {
  it('are read from the sources', () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(imports.length).toBeGreaterThan(400);
    const files = new Set(sources);
    const isCode = (to: string) => isOwn(to) && !/\.(css|svg)$/.test(to);
    expect(imports.filter(({ to }) => isCode(to) && !files.has(to))).toEqual([]);
  });

  it('lead from the model to nowhere but hashing', () => {
    expect(
      straying(below('src/model'), ({ to }) => below('src/model')(to) || to === 'node:crypto'),
    ).toEqual([]);
  });

  it('lead from an adapter to its contract, the formats and the model', () => {
    const contract = below('src/adapter', 'src/formats', 'src/model');
    for (const folder of new Set(sources.filter(below('adapters')).map(dirname))) {
      if (folder === 'adapters') continue;
      expect(
        straying(below(folder), ({ to }) => below(folder)(to) || contract(to) || to === 'zod'),
        folder,
      ).toEqual([]);
    }
    // The tests of the contract run in the test runner of whoever writes an adapter.
    expect(
      straying(
        below('src/adapter'),
        ({ to, from }) =>
          contract(to) || !isOwn(to) || (from.endsWith('contract-suite.ts') && to === 'vitest'),
      ),
    ).toEqual([]);
  });

  it('lead from the formats to the model and the parsers, and to what an adapter is given', () => {
    expect(
      straying(
        below('src/formats'),
        ({ to, typeOnly }) =>
          !isOwn(to) ||
          below('src/formats', 'src/model')(to) ||
          (typeOnly && to === 'src/adapter/contract.ts'),
      ),
    ).toEqual([]);
  });

  it('lead from the mapping to the model and the CRM, and to what an adapter looks like', () => {
    expect(
      straying(
        below('src/mapping'),
        ({ to, typeOnly }) =>
          !isOwn(to) ||
          below('src/mapping', 'src/model', 'src/crm')(to) ||
          (typeOnly && to === 'src/adapter/contract.ts'),
      ),
    ).toEqual([]);
  });

  it('lead from the CRM to nothing but the model', () => {
    expect(straying(below('src/crm'), ({ to }) => below('src/crm', 'src/model')(to))).toEqual([]);
  });

  it('lead from the download to nothing but the model', () => {
    const allowed = below('src/download', 'src/model');
    expect(straying(below('src/download'), ({ to }) => !isOwn(to) || allowed(to))).toEqual([]);
  });

  it('lead from the database to nothing that knows a CRM', () => {
    expect(
      straying(
        below('src/database'),
        ({ to }) => !isOwn(to) || below('src/database', 'src/model', 'src/crm')(to),
      ),
    ).toEqual([]);
  });

  it('never lead upwards from the engine', () => {
    const above = below('src/run', 'src/report', 'src/cli', 'src/web', 'adapters');
    expect(
      straying(below('src/staging', 'src/plan', 'src/apply', 'src/verify'), ({ to }) => !above(to)),
    ).toEqual([]);
  });

  it('keep the verification apart from the import', () => {
    expect(straying(below('src/verify'), ({ to }) => !below('src/apply')(to))).toEqual([]);
  });

  it('lead from the reports to documents, not to the database', () => {
    expect(
      straying(
        below('src/report'),
        ({ to }) =>
          !below(
            'src/database',
            'src/staging',
            'src/plan',
            'src/apply',
            'src/verify',
            'src/cli',
          )(to),
      ),
    ).toEqual([]);
  });

  it('lead from the command line to the use cases, the reports and the model', () => {
    expect(
      straying(
        below('src/cli'),
        ({ to, typeOnly }) =>
          !isOwn(to) ||
          typeOnly ||
          // The server itself is a command.
          to === 'src/web/serve.ts' ||
          below('src/cli', 'src/run', 'src/report', 'src/model')(to),
      ),
    ).toEqual([]);
    expect(
      straying(
        (from) => !below('src/cli', 'src/web')(from),
        ({ to }) => !below('src/cli', 'src/web')(to),
      ),
    ).toEqual([]);
  });

  it('lead from the web server to the use cases, the reports and the model', () => {
    expect(
      straying(
        (from) => below('src/web')(from) && !isClient(from),
        ({ to, typeOnly }) =>
          !isOwn(to) ||
          typeOnly ||
          (below('src/web', 'src/run', 'src/report', 'src/model')(to) && !isClient(to)),
      ),
    ).toEqual([]);
  });

  it('lead from the page in the browser to its own files and the words of the API', () => {
    const libraries = ['preact', 'zod'];
    expect(
      straying(
        isClient,
        ({ to }) => isClient(to) || to === 'src/web/api.ts' || libraries.includes(to),
      ),
    ).toEqual([]);
    expect(
      straying(
        (from) => !isClient(from),
        ({ to }) => !isClient(to),
      ),
    ).toEqual([]);
  });

  it('never come in a circle between folders, but by their types', () => {
    const folderOf = (path: string) => path.split('/').slice(0, 2).join('/');
    const edges = new Map<string, Set<string>>();
    for (const { from, to, typeOnly } of imports) {
      if (!isOwn(to) || typeOnly || folderOf(from) === folderOf(to)) continue;
      edges.set(folderOf(from), (edges.get(folderOf(from)) ?? new Set()).add(folderOf(to)));
    }
    const reaches = (start: string, goal: string, seen = new Set<string>()): boolean =>
      [...(edges.get(start) ?? [])].some((next) => {
        if (next === goal) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, goal, seen);
      });
    expect([...edges.keys()].filter((folder) => reaches(folder, folder))).toEqual([]);
  });
});

describe('libraries', () => {
  it.each([
    [
      /^(saxes|stream-json|stream-chain|csv-parse|csv-stringify|yauzl|iconv-lite|jschardet|fast-xml-parser)$/,
      ['src/formats'],
    ],
    [/^(pg|pg-copy-streams|knex|knex-pglite|@electric-sql\/pglite)$/, ['src/database']],
    [/^(yargs|cli-progress)$/, ['src/cli']],
    [/^(pg-boss|croner)$/, ['src/feeds']],
    [/^(fastify|@fastify\/.*)$/, ['src/web']],
    [/^(undici|ipaddr\.js)$/, ['src/download']],
    [/^(@aws-sdk\/client-s3|file-type|image-size)$/, ['src/media']],
    [/^picocolors$/, ['src/cli', 'src/report']],
    [/^(yaml|luxon|libphonenumber-js|i18n-iso-countries|decimal\.js)$/, ['src/mapping']],
  ])('%s are used in %s alone', (library, folders) => {
    expect(
      straying(
        (from) => !below(...folders)(from),
        ({ to }) => !library.test(to),
      ),
    ).toEqual([]);
  });

  it('are all declared, and all used', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as {
      dependencies: Record<string, string>;
    };
    // What the page in the browser needs is in its bundle.
    const used = new Set(
      imports
        .filter(({ from }) => !isClient(from))
        .map(({ to }) => to)
        .filter((to) => !isOwn(to) && !to.startsWith('node:')),
    );
    expect([...used].filter((name) => !(name in dependencies))).toEqual(['vitest']);
    expect(Object.keys(dependencies).filter((name) => !used.has(name))).toEqual([]);
  });
});

describe('the world outside', () => {
  const outside = (pattern: RegExp, allowed: (file: string) => boolean) =>
    sources.filter((file) => !allowed(file) && pattern.test(codeOf(file)));

  it('has its environment read on the command line alone', () => {
    expect(outside(/process\.env\b/, below('src/cli'))).toEqual([]);
    expect(
      outside(/process\.argv\b|process\.exit\b|process\.std(in|out|err)\b/, below('src/cli')),
    ).toEqual([]);
  });

  it('has its clock read on the command line and for locks alone', () => {
    const allowed = (file: string) =>
      below('src/cli', 'src/web/client')(file) || file === 'src/database/directory-lock.ts';
    expect(
      outside(/Date\.now\(|new Date\(\)|performance\.now\(|DateTime\.(now|local|utc)\(\)/, allowed),
    ).toEqual([]);
    expect(outside(/Math\.random\(|randomUUID\(|\bv[147]\(\)/, allowed)).toEqual([]);
  });

  it('has its files and its network out of reach of adapters and mappings', () => {
    expect(
      straying(
        below('adapters', 'src/model', 'src/crm', 'src/plan', 'src/apply', 'src/verify'),
        ({ to }) => !/^node:(fs|net|http|https|dns|child_process|worker_threads)/.test(to),
      ),
    ).toEqual([]);
    expect(
      straying(
        below('src/formats', 'src/mapping'),
        ({ to }) => !/^node:(net|http|https|dns|child_process)/.test(to),
      ),
    ).toEqual([]);
  });
});
