import { blockingCall } from './blocking/blocking-call.ts';
import { blockingSleep } from './blocking/blocking-sleep.ts';
import { heavyComputation } from './blocking/heavy-computation.ts';
import { pollingWait } from './blocking/polling-wait.ts';
import { starvingLoop } from './blocking/starving-loop.ts';
import { abortListenerLeak } from './cancellation/abort-listener-leak.ts';
import { handMadeTimeoutSignal } from './cancellation/hand-made-timeout-signal.ts';
import { ignoredSignal } from './cancellation/ignored-signal.ts';
import { lostAbortReason } from './cancellation/lost-abort-reason.ts';
import { swallowedAbort } from './cancellation/swallowed-abort.ts';
import { uncheckedLoop } from './cancellation/unchecked-loop.ts';
import { unforwardedSignal } from './cancellation/unforwarded-signal.ts';
import { unreachedAbort } from './cancellation/unreached-abort.ts';
import { allOrNothingBatch } from './concurrency/all-or-nothing-batch.ts';
import { awaitInLoop } from './concurrency/await-in-loop.ts';
import { connectionPerCall } from './concurrency/connection-per-call.ts';
import { ignoredBackpressure } from './concurrency/ignored-backpressure.ts';
import { raceLoser } from './concurrency/race-loser.ts';
import { repeatedAwait } from './concurrency/repeated-await.ts';
import { retryWithoutBackoff } from './concurrency/retry-without-backoff.ts';
import { sequentialAwaits } from './concurrency/sequential-awaits.ts';
import { unboundedFanOut } from './concurrency/unbounded-fan-out.ts';
import type { Rule } from './define.ts';
import { accidentalThenable } from './floating/accidental-thenable.ts';
import { asyncCallbackIgnored } from './floating/async-callback-ignored.ts';
import { asyncConstructor } from './floating/async-constructor.ts';
import { asyncExecutor } from './floating/async-executor.ts';
import { asyncWithoutAwait } from './floating/async-without-await.ts';
import { brokenChain } from './floating/broken-chain.ts';
import { floatingPromise } from './floating/floating-promise.ts';
import { lateAwait } from './floating/late-await.ts';
import { mixedStyles } from './floating/mixed-styles.ts';
import { needlessAwait } from './floating/needless-await.ts';
import { nonErrorRejection } from './floating/non-error-rejection.ts';
import { promiseAsValue } from './floating/promise-as-value.ts';
import { swallowedRejection } from './floating/swallowed-rejection.ts';
import { unawaitedReturn } from './floating/unawaited-return.ts';
import { unhandledMain } from './floating/unhandled-main.ts';
import { unusedPromise } from './floating/unused-promise.ts';
import { wrappedPromise } from './floating/wrapped-promise.ts';
import { abandonedIterator } from './lifetime/abandoned-iterator.ts';
import { cachedRejection } from './lifetime/cached-rejection.ts';
import { detachedLoop } from './lifetime/detached-loop.ts';
import { escapingDisposable } from './lifetime/escaping-disposable.ts';
import { listenerPerCall } from './lifetime/listener-per-call.ts';
import { missingDeadline } from './lifetime/missing-deadline.ts';
import { unboundedWaitInCleanup } from './lifetime/unbounded-wait-in-cleanup.ts';
import { unclearedTimer } from './lifetime/uncleared-timer.ts';
import { unclosedResource } from './lifetime/unclosed-resource.ts';
import { unhandledStream } from './lifetime/unhandled-stream.ts';
import { checkThenAct } from './race/check-then-act.ts';
import { flagNotReset } from './race/flag-not-reset.ts';
import { lateEventControl } from './race/late-event-control.ts';
import { lateRegistration } from './race/late-registration.ts';
import { lockCycle } from './race/lock-cycle.ts';
import { overlappingInterval } from './race/overlapping-interval.ts';
import { reentrantHandler } from './race/reentrant-handler.ts';
import { requestState } from './race/request-state.ts';
import { sharedIteration } from './race/shared-iteration.ts';
import { staleRead } from './race/stale-read.ts';
import { staleResult } from './race/stale-result.ts';
import { unorderedResult } from './race/unordered-result.ts';
import { unreleasedLock } from './race/unreleased-lock.ts';

/** Every rule of the product, in the order of the catalogue. */
export const allRules: readonly Rule[] = [
  floatingPromise,
  unusedPromise,
  lateAwait,
  promiseAsValue,
  asyncCallbackIgnored,
  asyncExecutor,
  wrappedPromise,
  unawaitedReturn,
  brokenChain,
  swallowedRejection,
  needlessAwait,
  asyncWithoutAwait,
  asyncConstructor,
  unhandledMain,
  nonErrorRejection,
  accidentalThenable,
  mixedStyles,
  blockingSleep,
  blockingCall,
  heavyComputation,
  starvingLoop,
  pollingWait,
  staleRead,
  checkThenAct,
  sharedIteration,
  unorderedResult,
  staleResult,
  flagNotReset,
  unreleasedLock,
  lockCycle,
  overlappingInterval,
  lateEventControl,
  lateRegistration,
  reentrantHandler,
  requestState,
  swallowedAbort,
  unforwardedSignal,
  ignoredSignal,
  uncheckedLoop,
  unreachedAbort,
  abortListenerLeak,
  handMadeTimeoutSignal,
  lostAbortReason,
  raceLoser,
  sequentialAwaits,
  awaitInLoop,
  unboundedFanOut,
  allOrNothingBatch,
  connectionPerCall,
  repeatedAwait,
  retryWithoutBackoff,
  ignoredBackpressure,
  missingDeadline,
  unclearedTimer,
  unclosedResource,
  escapingDisposable,
  abandonedIterator,
  unhandledStream,
  cachedRejection,
  listenerPerCall,
  detachedLoop,
  unboundedWaitInCleanup,
];
