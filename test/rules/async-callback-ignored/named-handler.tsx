export function Login() {
  const submit = async () => {
    const response = await fetch('/login', { method: 'POST' });
    if (!response.ok) throw new Error('login');
  };
  const safe = async () => {
    try {
      await fetch('/login', { method: 'POST' });
    } catch (error) {
      console.error(error);
    }
  };
  return (
    <form onSubmit={submit} onReset={safe}>
//                  ^^^^^^ async-callback-ignored listener
//                  related named-handler.tsx:3 "can reject here"
      <input name="user" />
    </form>
  );
}
