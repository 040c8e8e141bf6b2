export declare function save(data: FormData): Promise<boolean>;
export declare function isAllowed(): Promise<boolean>;
export declare function show(target: EventTarget | null): void;
