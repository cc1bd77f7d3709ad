// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.btf;

import org.jspecify.annotations.Nullable;

/** What a CO-RE relocation asks (Linux {@code include/uapi/linux/bpf.h}, {@code enum bpf_core_relo_kind}); the number is the ordinal. */
public enum CoreKind {
    FIELD_BYTE_OFFSET, FIELD_BYTE_SIZE, FIELD_EXISTS, FIELD_SIGNED, FIELD_LSHIFT_U64, FIELD_RSHIFT_U64, TYPE_ID_LOCAL, TYPE_ID_TARGET, TYPE_EXISTS, TYPE_SIZE, ENUMVAL_EXISTS, ENUMVAL_VALUE, TYPE_MATCHES;

    private static final CoreKind[] ALL = values();

    /** Whether it asks about a field. */
    public boolean field() {
        return compareTo(FIELD_RSHIFT_U64) <= 0;
    }

    /** Whether it asks about an enumeration's constant. */
    public boolean enumeration() {
        return this == ENUMVAL_EXISTS || this == ENUMVAL_VALUE;
    }

    /** The kind with this number, or null. */
    public static @Nullable CoreKind of(int number) {
        return number >= 0 && number < ALL.length ? ALL[number] : null;
    }
}
