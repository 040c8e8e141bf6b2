import { type BlockingKnowledge, blockingKnowledge } from './blocking.ts';
import { type CallbackKnowledge, callbackKnowledge } from './callbacks.ts';
import { type CancellationKnowledge, cancellationKnowledge } from './cancellation.ts';
import { type CollectionKnowledge, collectionKnowledge } from './collections.ts';
import { type ComputationKnowledge, computationKnowledge } from './computations.ts';
import { type ConnectionKnowledge, connectionKnowledge } from './connections.ts';
import { type EffectKnowledge, effectKnowledge } from './effects.ts';
import { type ErrorEventKnowledge, errorEventKnowledge } from './error-events.ts';
import { type EventControlKnowledge, eventControlKnowledge } from './event-control.ts';
import { type RegistrationKnowledge, registrationKnowledge } from './late-registration.ts';
import { type LockKnowledge, lockKnowledge } from './locks.ts';
import { type NetworkKnowledge, networkKnowledge } from './network-calls.ts';
import { type PromiseKnowledge, promiseKnowledge } from './promises.ts';
import { type RequestHandlerKnowledge, requestHandlers } from './request-handlers.ts';
import { type ResourceKnowledge, resourceKnowledge } from './resources.ts';
import { nothingSaid, type Said } from './said.ts';
import { type TimerKnowledge, timerKnowledge } from './timers.ts';
import { type ValueKnowledge, valueKnowledge } from './value-sinks.ts';

/**
 * What is known by name, because no type can tell it: the data in the JSON files beside this one, and what the
 * project's packages and the project itself say of their own functions.
 */
export interface Knowledge {
  readonly blocking: BlockingKnowledge;
  readonly callbacks: CallbackKnowledge;
  readonly cancellation: CancellationKnowledge;
  readonly collections: CollectionKnowledge;
  readonly computations: ComputationKnowledge;
  readonly locks: LockKnowledge;
  readonly connections: ConnectionKnowledge;
  readonly effects: EffectKnowledge;
  readonly network: NetworkKnowledge;
  readonly promises: PromiseKnowledge;
  readonly eventControl: EventControlKnowledge;
  readonly errorEvents: ErrorEventKnowledge;
  readonly handlers: RequestHandlerKnowledge;
  readonly registration: RegistrationKnowledge;
  readonly resources: ResourceKnowledge;
  readonly timers: TimerKnowledge;
  readonly values: ValueKnowledge;
}

export function knowledgeOf(said: Said = nothingSaid): Knowledge {
  return {
    blocking: blockingKnowledge(said),
    callbacks: callbackKnowledge(said),
    cancellation: cancellationKnowledge,
    collections: collectionKnowledge,
    computations: computationKnowledge,
    locks: lockKnowledge,
    connections: connectionKnowledge,
    effects: effectKnowledge,
    network: networkKnowledge,
    promises: promiseKnowledge(said),
    eventControl: eventControlKnowledge,
    errorEvents: errorEventKnowledge,
    handlers: requestHandlers,
    registration: registrationKnowledge,
    resources: resourceKnowledge,
    timers: timerKnowledge,
    values: valueKnowledge,
  };
}
