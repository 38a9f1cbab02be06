// Runs the command line inside the test, over use cases given as a value, and records what it says.
import { PassThrough } from 'node:stream';
import { runProgram } from '../../src/cli/program.ts';
import type { CreateUseCases, Environment, UseCases } from '../../src/run/contract.ts';

/** What a command line said and gave back, and what its use cases were given. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly environment: Environment | undefined;
  readonly closed: boolean;
}

export interface Setting {
  readonly environment?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly isTTY?: boolean;
  readonly now?: () => Date;
}

function notExpected(name: string) {
  return () => {
    throw new Error(`${name} was not expected to be called`);
  };
}

/** Use cases of which only those given may be called. */
export function useCasesOf(given: Partial<UseCases>): UseCases {
  return {
    inspect: notExpected('inspect'),
    preview: notExpected('preview'),
    import: notExpected('import'),
    resume: notExpected('resume'),
    verify: notExpected('verify'),
    baseline: notExpected('baseline'),
    runs: notExpected('runs'),
    status: notExpected('status'),
    report: notExpected('report'),
    findings: notExpected('findings'),
    rejects: notExpected('rejects'),
    retry: notExpected('retry'),
    rollback: notExpected('rollback'),
    sample: notExpected('sample'),
    mediaFetch: notExpected('mediaFetch'),
    mediaStatus: notExpected('mediaStatus'),
    doctor: notExpected('doctor'),
    adapters: notExpected('adapters'),
    mappings: notExpected('mappings'),
    mapping: notExpected('mapping'),
    mappingSuggest: notExpected('mappingSuggest'),
    mappingTest: notExpected('mappingTest'),
    dbMigrate: notExpected('dbMigrate'),
    dbInfo: notExpected('dbInfo'),
    tokenCreate: notExpected('tokenCreate'),
    tokenList: notExpected('tokenList'),
    tokenRevoke: notExpected('tokenRevoke'),
    feedAdd: notExpected('feedAdd'),
    feedList: notExpected('feedList'),
    feedShow: notExpected('feedShow'),
    feedEdit: notExpected('feedEdit'),
    feedRemove: notExpected('feedRemove'),
    feedSync: notExpected('feedSync'),
    feedHistory: notExpected('feedHistory'),
    feedHeld: notExpected('feedHeld'),
    feedApprove: notExpected('feedApprove'),
    feedSchedules: notExpected('feedSchedules'),
    feedWork: notExpected('feedWork'),
    close: () => Promise.resolve(),
    ...given,
  };
}

/** Runs `line` (words divided by spaces) over the use cases given; `given` may look at its environment. */
export async function say(
  line: string,
  given: Partial<UseCases> | ((environment: Environment) => Partial<UseCases>) = {},
  setting: Setting = {},
): Promise<Said> {
  const [stdout, stderr] = [stream(setting), stream(setting)];
  let environment: Environment | undefined;
  let closed = false;
  const create: CreateUseCases = (value) => {
    environment = value;
    const useCases = useCasesOf(typeof given === 'function' ? given(value) : given);
    return {
      ...useCases,
      close: () => {
        closed = true;
        return useCases.close();
      },
    };
  };
  const exitCode = await runProgram(
    line.split(' ').filter((word) => word !== ''),
    {
      environment: setting.environment ?? {},
      stdout,
      stderr,
      stdin: new PassThrough(),
      now: setting.now ?? (() => new Date('2026-07-29T12:00:00Z')),
      newId: () => '0199a3c1-0000-7000-8000-000000000001',
      signal: setting.signal ?? new AbortController().signal,
      version: '1.2.3',
    },
    () => Promise.resolve(create),
  );
  return { stdout: stdout.text(), stderr: stderr.text(), exitCode, environment, closed };
}

function stream({ isTTY = false }: Setting) {
  const pieces: Buffer[] = [];
  const through = new PassThrough();
  through.on('data', (piece: Buffer) => pieces.push(piece));
  return Object.assign(through, { isTTY, text: () => Buffer.concat(pieces).toString() });
}
