// @options {"parameters": true, "weak": true}
import { connect, type Connection } from './lib';

export interface State {
  connection: Connection | undefined;
}

export async function connectionOf(state: State): Promise<Connection> {
  if (!state.connection) state.connection = await connect();
//                       ^^^^^^^^^^^^^^^^ check-then-act doubled
//                       related parameters.ts:9 "1 checks `state.connection`"
//                       related parameters.ts:9 "2 waits here, and other tasks run"
//                       related parameters.ts:9 "3 another call checks, and finds the same"
//                       related parameters.ts:9 "4 both write `state.connection`"
  return state.connection;
}

/** A request is of one call. */
export async function connectionFor(request: State): Promise<Connection> {
  if (!request.connection) request.connection = await connect();
  return request.connection;
}
