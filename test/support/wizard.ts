// The wizard as people use it: the built server as a process of its own, and a real Chromium.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { start, type Started } from './cli.ts';

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** The Chromium of this machine, or the one that `$CHROMIUM` names; undefined where there is none. */
export function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  return named ?? usualPlaces.find((path) => existsSync(path));
}

/** Starts Chromium so that it neither draws on a screen nor calls home. */
export function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('There is no Chromium: install one, or name it in $CHROMIUM.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A server of the wizard. */
export interface Wizard {
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number | undefined;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Ends it as Ctrl-C does. */
  stop(): Promise<void>;
}

export interface WizardOptions {
  /** As `--db` takes it. */
  readonly database: string;
  readonly uploads: string;
  /** To come back at the same address. */
  readonly port?: number | undefined;
  /** Further flags of `serve`. */
  readonly flags?: readonly string[] | undefined;
}

/** Starts `tesoro-migrate serve` and waits until it answers. */
export async function startWizard(options: WizardOptions): Promise<Wizard> {
  const { database, uploads, port = 0, flags = [] } = options;
  const args = ['serve', '--db', database, '--uploads', uploads, '--port', String(port), ...flags];
  const started: Started = start(args);
  const address = /Serving (http:\S+)/;
  let said = '';
  started.child.stderr.on('data', (text: string) => (said += text));
  await started.said(address);
  const end = async (signal: NodeJS.Signals) => {
    started.child.kill(signal);
    await started.ended;
  };
  return {
    url: address.exec(said)?.[1] ?? '',
    pid: started.child.pid,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGINT'),
  };
}

/** Makes a token with the command line. */
export async function makeToken(
  database: string,
  role: 'admin' | 'viewer',
  { name, account = 'default' }: { readonly name: string; readonly account?: string },
): Promise<string> {
  const args = ['token', 'create', '--db', database, '--role', role, '--name', name];
  const { stdout, stderr, exitCode } = await start([...args, '--account', account, '--json']).ended;
  const token = /tesoro_[\w-]+/.exec(stdout)?.[0];
  if (exitCode !== 0 || token === undefined) throw new Error(`No token was made:\n${stderr}`);
  return token;
}

/** A directory of the test's own for uploads and files. */
export function ownDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tesoro-wizard-'));
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A page that has signed in by its link, and whatever went wrong in it. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors of the page's own code, and what the content security policy refused. */
  readonly faults: string[];
}

/** Opens a page and signs in. */
export async function visit(
  browser: Browser,
  url: string,
  token: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Visit> {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 860 },
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text());
  });
  await page.goto(`${url}/#token=${token}`);
  await page.getByRole('heading', { level: 1, name: /Import|Importa|Importeren/ }).waitFor();
  return { page, context, faults };
}

/** Leads of buyers as an agency has them: names in Spanish, a line above the header, and a few things wrong. */
export function leadsFile(directory: string, rows: number, name = 'leads-march.csv'): string {
  const head =
    'Nombre;Apellidos;Correo;Teléfono;Correo del agente;Estado;Origen;Tipo buscado;Precio máximo;Nacimiento;Notas;Código interno';
  const first = ['María', 'José', 'Núria', 'Tomasz', 'Lucía', 'Max', 'Eva', 'Íñigo'];
  const last = ['Muestra Gil', 'Prueba Soler', 'Ejemplo Pons', 'Przykładowski', 'Demo Vidal'];
  const lines = Array.from({ length: rows }, (_, at) => {
    const cells = [
      first[at % first.length],
      at % 97 === 11 ? '' : last[at % last.length],
      at % 97 === 5 ? `persona${at}(at)example.com` : `persona${at}@example.com`,
      `+34 6${String(10_000_000 + at)}`,
      at % 2 === 0 ? 'luis@costa-demo.example.com' : 'emma@costa-demo.example.com',
      at % 5 === 3 ? 'En espera' : at % 2 === 0 ? 'Nuevo' : 'Contactado',
      'Portales',
      at % 3 === 0 ? 'villa' : 'ático',
      String(100_000 + (at % 400) * 1000),
      `${String((at % 27) + 1).padStart(2, '0')}/0${(at % 9) + 1}/19${60 + (at % 40)}`,
      at % 7 === 0 ? 'Busca <b>vistas</b> al mar' : '',
      `A-${at}`,
    ];
    return cells.join(';');
  });
  const path = join(directory, name);
  writeFileSync(path, `Leads de marzo\n${[head, ...lines].join('\n')}\n`);
  return path;
}
