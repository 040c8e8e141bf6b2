/** What rules may ask about the order in which a function's code runs. Pure and synchronous; graphs are kept per function. */
import type { Node } from '../typescript/ast.ts';
import { dominates } from './dominators.ts';
import type { FlowGraph, Step } from './graph.ts';
import { graphOf, rootOf } from './graph-of.ts';
import { everyPathPasses, missingPath } from './paths.ts';
import {
  canReach,
  canReachInSameTurn,
  readsBefore,
  restOfTurn,
  stepsAfter,
  stepsBefore,
  suspensionsBetween,
  suspensionsOf,
  writesAfter,
} from './reach.ts';

export const flow = {
  /** The graph of a function, a module's top level or a field's initialiser. */
  graphOf,
  /** The graph that a node's code is part of. */
  around: (node: Node): FlowGraph => graphOf(rootOf(node)),
  /** The steps of exactly this node in the graph that it is part of: several inside `finally`. */
  stepsOf: (node: Node): readonly Step[] => graphOf(rootOf(node)).stepsOf(node),
  /** What a node's code runs as part of. */
  rootOf,
  missingPath,
  everyPathPasses,
  suspensionsBetween,
  suspensionsOf,
  canReach,
  canReachInSameTurn,
  restOfTurn,
  stepsAfter,
  stepsBefore,
  readsBefore,
  writesAfter,
  dominates,
};

export type Flow = typeof flow;
