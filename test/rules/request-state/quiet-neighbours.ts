import { load, type Request, type Response } from './lib.ts';

let currentUser = '';
let loads = 0;
const byId = new Map<string, string>();

// A local belongs to the request.
export async function handle(req: Request, res: Response): Promise<void> {
  const user = req.user;
  const text = await load(req.id);
  res.send(`${text} for ${user}`);
}

// Read before the wait.
export async function atOnce(req: Request, res: Response): Promise<void> {
  currentUser = req.user;
  res.send(currentUser);
  await load(req.id);
}

// Set again before it is read.
export async function again(req: Request, res: Response): Promise<void> {
  currentUser = req.user;
  await load(req.id);
  currentUser = req.user;
  res.send(currentUser);
}

// Not of the request.
export async function counted(req: Request, res: Response): Promise<void> {
  loads = loads + 1;
  await load(req.id);
  res.send(String(loads));
}

// Keyed by the request.
export async function keyed(req: Request, res: Response): Promise<void> {
  byId.set(req.id, req.user);
  await load(req.id);
  res.send(byId.get(req.id) ?? '');
}

// A look whether another request has come meanwhile.
export async function newest(req: Request, res: Response): Promise<void> {
  const { user } = req;
  currentUser = user;
  const text = await load(req.id);
  if (currentUser !== user) return;
  res.send(text);
}

let firstUser: string | undefined;

// Set once, by the first request.
export async function first(req: Request, res: Response): Promise<void> {
  if (firstUser) return;
  firstUser = req.user;
  await load(req.id);
  res.send(firstUser);
}
