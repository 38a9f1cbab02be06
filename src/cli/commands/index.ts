import type { Command } from '../command.ts';
import { adapters } from './adapters.ts';
import { baseline } from './baseline.ts';
import { db } from './db.ts';
import { doctor } from './doctor.ts';
import { importCommand } from './import.ts';
import { inspect } from './inspect.ts';
import { mapping } from './mapping.ts';
import { mappings } from './mappings.ts';
import { preview } from './preview.ts';
import { purge } from './purge.ts';
import { rejects } from './rejects.ts';
import { report } from './report.ts';
import { resume } from './resume.ts';
import { retry } from './retry.ts';
import { rollback } from './rollback.ts';
import { runs } from './runs.ts';
import { sample } from './sample.ts';
import { serve } from './serve.ts';
import { status } from './status.ts';
import { token } from './token.ts';
import { verify } from './verify.ts';
import { worker } from './worker.ts';

/** All commands, in the order in which a migration needs them. */
export const commands: readonly Command[] = [
  doctor,
  inspect,
  baseline,
  preview,
  importCommand,
  resume,
  verify,
  report,
  rejects,
  retry,
  rollback,
  purge,
  runs,
  status,
  sample,
  adapters,
  mappings,
  mapping,
  db,
  token,
  serve,
  worker,
];
