import { useState } from 'react';

interface Todo {
  readonly id: string;
}

export function useTodos(create: (text: string) => Promise<Todo>, remove: (id: string) => Promise<void>) {
  const [todos, setTodos] = useState<readonly Todo[]>([]);
  const [form, setForm] = useState({ text: '', error: '' });

  const add = async (text: string) => {
    const todo = await create(text);
    setTodos([...todos, todo]);
//  ^^^^^^^^ stale-read closure
//  related component.ts:13 "what it was when the component was shown"
  };
  const drop = async (id: string) => {
    try {
      await remove(id);
    } catch (error) {
      setForm({ ...form, error: String(error) });
//    ^^^^^^^ stale-read closure
//    related component.ts:21 "what it was when the component was shown"
      return;
    }
    setTodos(todos.filter((todo) => todo.id !== id));
//  ^^^^^^^^ stale-read closure
//  related component.ts:26 "what it was when the component was shown"
  };
  const dropLater = (id: string) => remove(id).then(() => setTodos(todos.filter((todo) => todo.id !== id)));
//                                                        ^^^^^^^^ stale-read closure
//                                                        related component.ts:30 "what it was when the component was shown"

  /** Made of the newest value. */
  const addFresh = async (text: string) => {
    const todo = await create(text);
    setTodos((before) => [...before, todo]);
  };
  /** Before the wait, the value is that of the event. */
  const addAtOnce = async (text: string) => {
    setTodos([...todos, { id: text }]);
    await create(text);
  };
  /** Nothing of the old value is in the new one. */
  const clear = async () => {
    await Promise.all(todos.map(({ id }) => remove(id)));
    setTodos([]);
  };
  return { todos, form, add, drop, dropLater, addFresh, addAtOnce, clear };
}
