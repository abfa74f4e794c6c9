#!/usr/bin/env node
import { createRequire } from 'node:module';
import process, { argv, env, exit, stderr, stdout } from 'node:process';
import { createModel } from './createModel.js';
import { type Command, HELP, parseCommand } from './parseCommand.js';
import { serve } from './serve.js';

const command = parseCommand(argv.slice(2), env);
switch (command.name) {
  case 'help':
    stdout.write(HELP);
    break;
  case 'version':
    stdout.write(`${version()}\n`);
    break;
  case 'refuse':
    stderr.write(`assistants-react: ${command.reason} See assistants-react --help.\n`);
    exit(2);
    break;
  case 'serve':
    await run(command);
}

async function run({ options, model, shutdownMs }: Command & { name: 'serve' }): Promise<void> {
  try {
    const server = await serve({ ...options, model: createModel(model) });
    let stops = 0;
    const stop = (): void => {
      // Whoever asks twice does not want to wait.
      if (++stops > 1) exit(1);
      void server.close({ deadlineMs: shutdownMs }).then(
        () => exit(0),
        (error: unknown) => fail(error),
      );
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
    // Whoever reads that it listens may stop it at once.
    stdout.write(`Listening on ${server.url}/v1\n`);
    notice(
      model === undefined,
      'A scripted demo answers. Name a model server: --model-base-url URL --model NAME.',
    );
    notice(
      options.data === undefined,
      'Nothing is kept when the server ends. Name a file: --data FILE.',
    );
    notice(
      options.apiKeys === undefined && options.hostname !== undefined,
      'Whoever reaches this server may use it. Ask for a key: --key KEY.',
    );
  } catch (error) {
    fail(error);
  }
}

function notice(applies: boolean, message: string): void {
  if (applies)
    stderr.write(
      `${JSON.stringify({ time: new Date().toISOString(), level: 'warn', event: 'notice', message })}\n`,
    );
}

function fail(error: unknown): never {
  stderr.write(`assistants-react: ${error instanceof Error ? error.message : String(error)}\n`);
  exit(1);
}

function version(): string {
  // dist/backend/server and src/backend/server are equally deep.
  const found = createRequire(import.meta.url)('../../../package.json') as { version: string };
  return found.version;
}
