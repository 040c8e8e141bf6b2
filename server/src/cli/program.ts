import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { presetNames } from '../engine/config-schema.ts';
import { nearestName } from '../engine/nearest-name.ts';
import { type CheckOptions, type CheckTools, check, formats } from './check.ts';
import { type ExitCode, type Io, UsageFailure } from './io.ts';
import { noSuchRule, showRule } from './rule.ts';
import { listRules } from './rules.ts';
import { explanationFormats, type WhyOptions, why } from './why.ts';

export interface ProgramTools extends CheckTools {
  /** The Markdown page of a rule, or undefined where there is none. */
  readonly rulePage: (id: string) => Promise<string | undefined>;
  /** Serves the language server protocol until the client ends it. */
  readonly serve: () => Promise<void>;
}

const exitCodeHelp = `
Exit codes:
  0  nothing found, or only what is for information
  1  errors or warnings found
  2  could not run: a wrong option or path, a config or tsconfig that cannot be read, no files

Configuration: the nearest asynclint.jsonc, or "asynclint" in package.json. None is needed.`;

/**
 * Runs one command line.
 * @param argv the arguments after the program's name
 * @returns the exit code; failures that the user can mend have been written to stderr in one line
 */
export async function run(argv: readonly string[], tools: ProgramTools): Promise<ExitCode> {
  const { io } = tools;
  const writes: Promise<void>[] = [];
  let code: ExitCode = 0;
  const program = createProgram(tools, writes, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) code = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof UsageFailure) {
      await io.stderr(
        `${error.message
          .split('\n')
          .map((line) => `asynclint: ${line}`)
          .join('\n')}\n`,
      );
      code = 2;
    } else throw error;
  }
  await Promise.all(writes);
  return code;
}

function createProgram(tools: ProgramTools, writes: Promise<void>[], done: (code: ExitCode) => void): Command {
  const { io } = tools;
  const configure = (command: Command): Command =>
    command
      .allowExcessArguments(false)
      .exitOverride()
      .configureOutput({
        writeOut: (text) => void writes.push(io.stdout(text)),
        writeErr: (text) => void writes.push(io.stderr(text)),
        outputError: (text, write) => write(`asynclint: ${oneLine(text)}; see asynclint --help\n`),
      });

  const program = configure(new Command('asynclint'))
    .description('Finds the mistakes of asynchronous TypeScript and JavaScript.')
    .version(tools.version, '--version', 'Print the version.')
    .helpOption('-h, --help', 'Print this help.')
    .addHelpText('after', exitCodeHelp);

  configure(program.command('check', { isDefault: true }))
    .description('Lint files, folders and glob patterns; without any, the current folder. This is the default command.')
    .argument('[paths...]')
    .option('-p, --project <tsconfig>', 'Lint the files of this tsconfig, or use it for the paths.')
    .addOption(oneOf(new Option('--preset <name>', 'Which rules are on; wins over the config.'), presetNames))
    .option('--only <rules>', 'Run these rules and no others: ids, with commas between them.', ruleIds(tools))
    .addOption(oneOf(new Option('--format <name>', 'How to report: pretty, or github under GitHub Actions.'), formats))
    .option('--fix', 'Apply the safe fixes.', false)
    .option('--max-warnings <n>', 'Exit with 1 only on errors or on more than n warnings.', wholeNumber)
    .option('--quiet', 'Report errors only; without --max-warnings, warnings do not count.', false)
    .option('--no-cache', 'Compute everything anew, and keep nothing for the next run.')
    .option('--cache-location <folder>', 'Keep results in this folder instead of the usual one of the system.')
    .helpOption('-h, --help', 'Print this help.')
    .action(async (paths: string[], options: Omit<CheckOptions, 'paths'>) => {
      const project = options.project && slashed(io)(options.project);
      const cacheLocation = options.cacheLocation && slashed(io)(options.cacheLocation);
      done(await check({ ...options, paths: paths.map(slashed(io)), project, cacheLocation }, tools));
    });

  configure(program.command('why'))
    .description('Explain a line: what stands there, and why each rule spoke or stayed silent.')
    .argument('<file:line[:column]>')
    .option('-p, --project <tsconfig>', 'Use this tsconfig.')
    .addOption(oneOf(new Option('--preset <name>', 'Which rules are on; wins over the config.'), presetNames))
    .addOption(oneOf(new Option('--format <name>', 'How to answer: pretty, or json.'), explanationFormats))
    .helpOption('-h, --help', 'Print this help.')
    .action(async (place: string, options: Omit<WhyOptions, 'place'>) => {
      const project = options.project && slashed(io)(options.project);
      done(await why({ ...options, place: slashed(io)(place), project }, tools));
    });

  configure(program.command('rules'))
    .description('List all rules.')
    .action(async () => done(await listRules(tools)));

  configure(program.command('rule'))
    .description('Explain one rule.')
    .argument('<id>')
    .action(async (id: string) => done(await showRule(id, tools)));

  configure(program.command('lsp'))
    .description('Serve the language server protocol to an editor.')
    .option('--stdio', 'Over stdin and stdout.')
    .action(async (options: { stdio?: boolean }) => {
      if (!options.stdio)
        throw new UsageFailure('the language server speaks over stdin and stdout; write asynclint lsp --stdio');
      await tools.serve();
    });
  return program;
}

/** Lets an option take one of some words, and names the nearest where another is given. */
function oneOf(option: Option, words: readonly string[]): Option {
  return option.choices(words).argParser((given: string) => {
    if (words.includes(given)) return given;
    const nearest = nearestName(given, words);
    const hint = nearest === undefined ? '' : ` (Did you mean ${nearest}?)`;
    throw new InvalidArgumentError(`Allowed choices are ${words.join(', ')}${hint}`);
  });
}

/** Takes the ids of rules, and names the nearest where there is no such rule. The option may be given several times. */
function ruleIds({ rules }: ProgramTools): (given: string, before?: readonly string[]) => readonly string[] {
  return (given, before = []) => {
    const ids = given.split(',').map((id) => id.trim());
    const unknown = ids.find((id) => rules.every((rule) => rule.id !== id));
    if (unknown !== undefined) throw new InvalidArgumentError(`${noSuchRule(unknown, rules)}.`);
    return [...before, ...ids];
  };
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

/** On Windows people write backslashes; elsewhere a backslash escapes a sign in a pattern. */
function slashed(io: Io): (path: string) => string {
  return (path) => (/^[A-Za-z]:/.test(io.cwd) ? path.replaceAll('\\', '/') : path);
}

function oneLine(text: string): string {
  return text
    .replace(/^error: /, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
}
