import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { interruptSignal } from '../../src/cli/interrupt.ts';
import { progressBars } from '../../src/cli/progress/bars.ts';
import { progressLines } from '../../src/cli/progress/lines.ts';
import { writerTo } from '../../src/cli/terminal.ts';

function clock(start = 0) {
  let milliseconds = start;
  return {
    now: () => new Date(milliseconds),
    pass: (seconds: number) => {
      milliseconds += seconds * 1000;
    },
  };
}

describe('interruption', () => {
  class Process extends EventEmitter {
    readonly exits: number[] = [];
    exit(code: number): void {
      this.exits.push(code);
    }
  }

  test.each(['SIGINT', 'SIGTERM'])('%s aborts; the second one ends at once with 130', (name) => {
    const process = new Process();
    const told: string[] = [];
    const signal = interruptSignal(process, (text) => told.push(text));
    expect(signal.aborted).toBe(false);
    process.emit(name);
    expect(signal.aborted).toBe(true);
    expect(process.exits).toEqual([]);
    expect(told.join('')).toContain('Ctrl-C again');
    process.emit('SIGINT');
    expect(process.exits[0]).toBe(130);
  });
});

describe('writing', () => {
  test('a reader that has gone ends the output, not the program', async () => {
    let written = 0;
    const gone = new Writable({
      write(_piece, _encoding, done) {
        written++;
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    const write = writerTo(gone);
    await write('one');
    await new Promise((resolve) => setImmediate(resolve));
    await write('two');
    expect(written).toBe(1);
  });

  test('the pieces come in order', async () => {
    const stream = new PassThrough();
    const write = writerTo(stream);
    await write('a');
    await write(Buffer.from('ñ'));
    expect(String(stream.read())).toBe('añ');
  });
});

describe('progress in a log', () => {
  test('is a line every few seconds, with rate and time left', () => {
    const lines: string[] = [];
    const { now, pass } = clock();
    const view = progressLines((line) => lines.push(line), now, { everyStage: false });
    for (let done = 0; done <= 12_000; done += 1000) {
      view.show({ stage: 'applying', done, total: 20_000, table: 'people' });
      pass(1);
    }
    expect(lines).toEqual([
      'Applying people 5,000 of 20,000 records (25 %), 1,000/s, 15 s left\n',
      'Applying people 10,000 of 20,000 records (50 %), 1,000/s, 10 s left\n',
    ]);
  });

  test('tells the beginning of each stage when asked to', () => {
    const lines: string[] = [];
    const view = progressLines((line) => lines.push(line), clock().now, { everyStage: true });
    view.show({ stage: 'reading', done: 0 });
    view.show({ stage: 'reading', done: 10 });
    view.show({ stage: 'planning', done: 3, total: 11, unit: 'tables' });
    expect(lines).toEqual(['Reading …\n', 'Planning 3 of 11 tables (27.3 %)\n']);
  });
});

test('progress on a terminal is a bar for each stage, and the cursor comes back', async () => {
  const screen = Object.assign(new PassThrough(), { isTTY: true, columns: 120 });
  const { now, pass } = clock();
  const view = progressBars(screen, now);
  view.show({ stage: 'staging', done: 0 });
  pass(2);
  view.show({ stage: 'staging', done: 4000 });
  view.show({ stage: 'applying', done: 500, total: 1000, table: 'deals' });
  await new Promise((resolve) => setTimeout(resolve, 150));
  view.stop();
  const drawn = String(screen.read());
  expect(drawn).toContain('4,000 records, 2,000/s');
  expect(drawn).toMatch(/Applying deals +█{10}░{10} {2}500 of 1,000 records \(50 %\)/);
  expect(drawn.lastIndexOf('\u001b[?25h')).toBeGreaterThan(drawn.lastIndexOf('\u001b[?25l'));
});
