import { useState } from 'react';

interface Todo {
  readonly id: string;
}

export function useTodos(create: (text: string) => Promise<Todo>, remove: (id: string) => Promise<void>) {
  const [todos, setTodos] = useState<readonly Todo[]>([]);
  const [form, setForm] = useState({ text: '', error: '' });

  const add = async (text: string) => {
    const todo = await create(text);
    setTodos((todos) => [...todos, todo]);
  };
  const drop = async (id: string) => {
    try {
      await remove(id);
    } catch (error) {
      setForm((form) => ({ ...form, error: String(error) }));
      return;
    }
    setTodos((todos) => todos.filter((todo) => todo.id !== id));
  };
  const dropLater = (id: string) => remove(id).then(() => setTodos((todos) => todos.filter((todo) => todo.id !== id)));

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
