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
  /** Emitters of the program itself, whose listeners run again and again. */
  readonly listeners: {
    readonly modules: readonly string[];
    readonly methods: readonly string[];
    /** Events at the beginning and the end of things. */
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

/** Which functions run once a request, a message or a connection. */
export interface RequestHandlerKnowledge {
  /** Whether a function given to this callee runs once a request: `app.get`, `http.createServer`. */
  takesRequestHandler(callee: readonly Origin[]): boolean;
  /** Whether a method name may take a request handler or a listener: a cheap test before questions. */
  mayTakeHandler(name: string): boolean;
  /** Whether a listener of this event runs while a server is at work. The ends of things are not. */
  isServingEvent(method: string, event: string | undefined): boolean;
  /** Whether a type is a server, a connection or a message of one. */
  isServingEmitter(type: DeclaredIn): boolean;
  /** Whether a listener of this event may run again and again, on an emitter that the program makes for itself. */
  isRepeatedEvent(method: string, event: string | undefined): boolean;
  /** Whether a type is an emitter, and nothing that Node or a package makes of one. */
  isOwnEmitter(heritage: readonly DeclaredIn[]): boolean;
  /** Whether a function given to this callee is a command of a command-line program. */
  takesCommand(callee: readonly Origin[]): boolean;
  /** Whether a decorator makes the method below it run once a request. */
  isHandlerDecorator(decorator: readonly Origin[]): boolean;
  /** Whether a parameter of this type makes a function a request handler. */
  isRequestType(type: DeclaredIn): boolean;
}

const { handlers, emitters, listeners, requestTypes, decorators, commands }: RequestHandlerData = data;

export const requestHandlers: RequestHandlerKnowledge = {
  takesRequestHandler: (callee) => endsInOneOf(handlers, callee),
  mayTakeHandler: (name) => emitters.methods.includes(name) || handlers.some((entry) => entry.names.includes(name)),
  isServingEvent: (method, event) =>
    emitters.methods.includes(method) && event !== undefined && !emitters.notEvents.includes(event),
  isServingEmitter: (type) => emitters.types.includes(type.name) && emitters.modules.includes(moduleOf(type)),
  isRepeatedEvent: (method, event) =>
    listeners.methods.includes(method) && event !== undefined && !listeners.notEvents.includes(event),
  isOwnEmitter(heritage) {
    const packaged = heritage.filter(({ packageName }) => packageName !== undefined).map(moduleOf);
    return packaged.length > 0 && packaged.every((module) => listeners.modules.includes(module));
  },
  takesCommand: (callee) => endsInOneOf(commands, callee),
  isHandlerDecorator: (decorator) => endsInOneOf(decorators, decorator),
  isRequestType(type) {
    const module = moduleOf(type);
    return requestTypes.some((entry) => entry.names.includes(type.name) && entry.modules.includes(module));
  },
};

function endsInOneOf(entries: readonly NamedIn[], origins: readonly Origin[]): boolean {
  return origins.some(({ module, path }) => {
    const name = path.at(-1);
    return name !== undefined && entries.some((entry) => entry.modules.includes(module) && entry.names.includes(name));
  });
}

/** The module of a declaration as the data files write it. */
function moduleOf({ file, from, packageName }: DeclaredIn): string {
  if (from === 'lib') return 'global';
  if (packageName === '@types/node') return `node:${basename(file).replace(/\.d\.[cm]?ts$/, '')}`;
  return packageName?.replace(/^@types\//, '') ?? file;
}
