import type { Argv } from 'yargs';
import { UsageError } from '../../model/errors.ts';
import type { FeedDocument } from '../../run/documents.ts';
import type { Choose, Command, Shown } from '../command.ts';
import type { CommonFlags } from '../common-flags.ts';
import { feedChanges, feedFlags } from '../feed-flags.ts';
import { limitFlag } from '../limit-flag.ts';

type Program = Argv<CommonFlags>;

/** The feed that a command is about. */
const feedArgument = <Flags>(yargs: Argv<Flags>) =>
  yargs.positional('feed', {
    type: 'string',
    demandOption: true,
    describe: 'Name of the feed, or its id: see "feed list"',
  });

async function shown(document: FeedDocument): Promise<Shown> {
  const { renderFeedText } = await import('../../report/text.ts');
  return { document, text: (options) => renderFeedText(document, options), exitCode: 0 };
}

const add = (program: Program, choose: Choose) =>
  program.command(
    'add <feed>',
    'Add a feed; it is a draft until --mode active',
    (yargs) =>
      feedFlags(feedArgument(yargs)).option('provider', {
        type: 'string',
        requiresArg: true,
        default: 'kyero',
        group: 'The feed:',
        describe: 'Adapter that reads it: see "adapters"',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const changes = feedChanges(flags);
        const { url } = changes;
        if (url === undefined) throw new UsageError('A feed needs an address: --url.');
        const { feed: name, provider } = flags;
        return shown(await useCases.feedAdd({ settings: { ...changes, url, name, provider } }));
      });
    },
  );

const list = (program: Program, choose: Choose) =>
  program.command(
    'list',
    'List the feeds and how they stand; exit code 1 where one needs looking after',
    (yargs) => yargs,
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderFeedListText } = await import('../../report/text.ts');
        const document = await useCases.feedList();
        return {
          document,
          text: (options) => renderFeedListText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );

const show = (program: Program, choose: Choose) =>
  program.command(
    'show <feed>',
    'Show a feed',
    (yargs) => feedArgument(yargs),
    (flags) => {
      choose(flags, async (useCases) => shown(await useCases.feedShow({ feed: flags.feed })));
    },
  );

const edit = (program: Program, choose: Choose) =>
  program.command(
    'edit <feed>',
    'Change settings of a feed; "none" takes one back',
    (yargs) =>
      feedFlags(feedArgument(yargs)).option('name', {
        type: 'string',
        requiresArg: true,
        group: 'The feed:',
        describe: 'A new name',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { feed, name } = flags;
        const { settings } = await useCases.feedShow({ feed });
        const changes = {
          ...feedChanges(flags, settings),
          ...(name === undefined ? {} : { name }),
        };
        if (Object.keys(changes).length === 0) throw new UsageError('Say what to change.');
        return shown(await useCases.feedEdit({ feed, changes }));
      });
    },
  );

const remove = (program: Program, choose: Choose) =>
  program.command(
    'remove <feed>',
    'Forget a feed; its listings stay as they are',
    (yargs) => feedArgument(yargs),
    (flags) => {
      choose(flags, async (useCases) => shown(await useCases.feedRemove({ feed: flags.feed })));
    },
  );

const sync = (program: Program, choose: Choose) =>
  program.command(
    'sync <feed>',
    'Bring the CRM in step with a feed',
    (yargs) =>
      feedArgument(yargs).option('trust', {
        type: 'boolean',
        default: false,
        describe:
          'Believe a feed that holds hardly a listing of before; read one that is unchanged',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderFeedSyncText } = await import('../../report/text.ts');
        const { feed, trust } = flags;
        const document = await useCases.feedSync({ feed, reason: 'manual', trust });
        return {
          document,
          text: (options) => renderFeedSyncText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );

const history = (program: Program, choose: Choose) =>
  program.command(
    'history <feed>',
    'List the syncs of a feed, newest first',
    (yargs) => limitFlag(feedArgument(yargs), 20),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderFeedHistoryText } = await import('../../report/text.ts');
        const document = await useCases.feedHistory({ feed: flags.feed, limit: flags.limit });
        return {
          document,
          text: (options) => renderFeedHistoryText(document, options),
          exitCode: 0,
        };
      });
    },
  );

const held = (program: Program, choose: Choose) =>
  program.command(
    'held <feed>',
    'List the withdrawals that wait for a person; exit code 1 where some do',
    (yargs) => limitFlag(feedArgument(yargs), 50),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderFeedHeldText } = await import('../../report/text.ts');
        const document = await useCases.feedHeld({ feed: flags.feed, limit: flags.limit });
        return {
          document,
          text: (options) => renderFeedHeldText(document, options),
          exitCode: document.exitCode,
        };
      });
    },
  );

const approve = (program: Program, choose: Choose) =>
  program.command(
    'approve <feed> [input..]',
    'Withdraw what is held: all of it, or listings by their references',
    (yargs) =>
      feedArgument(yargs).positional('input', {
        type: 'string',
        array: true,
        describe: 'References; all that is held where none is named',
      }),
    (flags) => {
      choose(flags, async (useCases) => {
        const { renderFeedApproveText } = await import('../../report/text.ts');
        const { feed, input } = flags;
        const references = input === undefined || input.length === 0 ? undefined : input;
        const document = await useCases.feedApprove({ feed, references });
        return {
          document,
          text: (options) => renderFeedApproveText(document, options),
          exitCode: 0,
        };
      });
    },
  );

const subcommands = [add, list, show, edit, remove, sync, history, held, approve];

/** `feed …`: the listings of partners, kept in step. */
export const feed: Command = (program, choose) =>
  program.command('feed', 'Keep the listings of partners in step', (yargs) => {
    for (const subcommand of subcommands) subcommand(yargs, choose);
    return yargs.demandCommand(1, 'Say what to do: feed add, list, show, edit, remove, sync …');
  });
