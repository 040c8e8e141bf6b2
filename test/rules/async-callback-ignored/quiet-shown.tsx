declare const toast: { error(text: string): void };
declare function save(): Promise<void>;

declare namespace JSX {
  interface IntrinsicElements {
    input: { onBlur?: () => void };
  }
}

export function Title() {
  const store = async () => {
    try {
      await save();
    } catch (error) {
      toast.error(String(error));
      throw error;
    }
  };
  return <input onBlur={store} />;
}
