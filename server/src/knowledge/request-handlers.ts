import type { DeclaredIn, Origin } from '../typescript/oracle.ts';
import { basename } from '../typescript/paths.ts';
import data from './request-handlers.json' with { type: 'json' };

/** The shape of the data file. A test holds the file to it. */
export interface RequestHandlerData {
  readonly handlers: readonly NamedIn[];
  readonly emitters: {
    readonly modules: readonly string[];
    readonly types: readonly string[];
    readonly methods: readonly string[];
    readonly notEvents: readonly string[];
  };
  readonly requestTypes: readonly NamedIn[];
  /** Decorators that make a method a request handler. */
  readonly decorators: readonly NamedIn[];
  /** Functions whose callback a command-line program runs once. */
  readonly commands: readonly NamedIn[];
}

interface NamedIn {
  readonly modules: readonly string[];
  readonly names: readonly string[];
}

const { handlers, emitters, requestTypes, decorators, commands }: RequestHandlerData = data;

/** Whether a function given to this callee runs once a request: `app.get`, `http.createServer`. */
export function takesRequestHandler(callee: readonly Origin[]): boolean {
  return callee.some(({ module, path }) => {
    const name = path.at(-1);
    return name !== undefined && handlers.some((entry) => entry.modules.includes(module) && entry.names.includes(name));
  });
}

/** Whether a method name may take a request handler or a listener: a cheap test before questions. */
export function mayTakeHandler(name: string): boolean {
  return emitters.methods.includes(name) || handlers.some((entry) => entry.names.includes(name));
}

/** Whether a listener of this event runs while a server is at work. The ends of things are not. */
export function isServingEvent(method: string, event: string | undefined): boolean {
  return emitters.methods.includes(method) && event !== undefined && !emitters.notEvents.includes(event);
}

/** Whether a type is a server, a connection or a message of one. */
export function isServingEmitter(type: DeclaredIn): boolean {
  return emitters.types.includes(type.name) && emitters.modules.includes(moduleOf(type));
}

/** Whether a function given to this callee is a command of a command-line program. */
export function takesCommand(callee: readonly Origin[]): boolean {
  return callee.some(({ module, path }) => {
    const name = path.at(-1);
    return name !== undefined && commands.some((entry) => entry.modules.includes(module) && entry.names.includes(name));
  });
}

/** Whether a decorator makes the method below it run once a request. */
export function isHandlerDecorator(decorator: readonly Origin[]): boolean {
  return decorator.some(({ module, path }) => {
    const name = path.at(-1);
    return (
      name !== undefined && decorators.some((entry) => entry.modules.includes(module) && entry.names.includes(name))
    );
  });
}

/** Whether a parameter of this type makes a function a request handler. */
export function isRequestType(type: DeclaredIn): boolean {
  const module = moduleOf(type);
  return requestTypes.some((entry) => entry.names.includes(type.name) && entry.modules.includes(module));
}

/** The module of a declaration as the data files write it. */
function moduleOf({ file, from, packageName }: DeclaredIn): string {
  if (from === 'lib') return 'global';
  if (packageName === '@types/node') return `node:${basename(file).replace(/\.d\.[cm]?ts$/, '')}`;
  return packageName?.replace(/^@types\//, '') ?? file;
}
