import type { Argv } from 'yargs';
import type { TextOptions } from '../report/text/layout.ts';
import type { Environment, UseCases } from '../run/contract.ts';
import type { CommonFlags } from './common-flags.ts';

/** What a command gives back: a document, shown as text or as JSON. */
export interface Shown {
  readonly document: unknown;
  readonly text: (options: TextOptions) => string;
  readonly exitCode: number;
}

/** A file's content that goes to standard output, for no `-o` says where else. */
export interface Content {
  readonly content: AsyncIterable<string | Uint8Array>;
  /** Whether the content is one JSON document, and so may stand where `--json` promises one. */
  readonly isJson: boolean;
}

export type Outcome = Shown | Content;

/** What a command does, once its flags are read. */
export type Work = (useCases: UseCases, surroundings: Surroundings) => Promise<Outcome>;

/** What a command that goes on for long is told, and tells. */
export interface Surroundings {
  readonly environment: Environment;
  /** Writes a line for people, beside the document. */
  readonly tell: (text: string) => void;
}

/** Takes note of the command that the arguments named; nothing runs before all of them are read. */
export type Choose = (flags: CommonFlags, work: Work) => void;

/** Declares one command: its words, its flags, and what it does with them. */
export type Command = (program: Argv<CommonFlags>, choose: Choose) => void;
