import { startServer } from './start-server.ts';

// The program that VS Code's client starts over ipc. `asynclint lsp --stdio` starts the same server.
startServer();
