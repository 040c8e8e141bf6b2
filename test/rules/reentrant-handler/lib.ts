export declare function createOrder(id: string): Promise<void>;
export declare function loadOrder(id: string): Promise<void>;
export declare function setSaving(isSaving: boolean): void;
