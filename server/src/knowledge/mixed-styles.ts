import data from './mixed-styles.json' with { type: 'json' };

const tests = new Set(data.tests);
const callbackNames = new Set(data.callbackNames);
const errorNames = new Set(data.errorNames);
const listening = new Set(data.listening);

/** Whether a function of this name runs a test or a hook of one, and may give it a callback to call when it is done. */
export function isTestFunction(name: string): boolean {
  return tests.has(name);
}

/** Whether a parameter of this name is a callback that is called once, at the end. */
export function isCallbackName(name: string): boolean {
  return callbackNames.has(name);
}

/** Whether a callback's first parameter of this name is the error of an operation. */
export function isErrorName(name: string): boolean {
  return errorNames.has(name);
}

/** Whether a method of this name takes a listener, which is no callback of an operation. */
export function takesListener(name: string): boolean {
  return listening.has(name);
}
