// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

/**
 * The error numbers that bpf(2) is known to give, with what they mean there. Numbers from Linux
 * {@code include/uapi/asm-generic/errno{,-base}.h} and {@code include/linux/errno.h}; they are the same on x86-64, ARM64 and RISC-V.
 */
enum Errno {
    // @formatter:off
    EPERM(1, "not permitted: bpf(2) needs CAP_BPF, and a seccomp filter or lockdown may refuse it"),
    ENOENT(2, "there is no such element or object"),
    EINTR(4, "interrupted"),
    E2BIG(7, "too large: more instructions, elements or attributes than this kernel takes"),
    EBADF(9, "a file descriptor is not what it should be"),
    EAGAIN(11, "interrupted or busy"),
    ENOMEM(12, "no memory"),
    EACCES(13, "the verifier refused it, or the access is not allowed"),
    EFAULT(14, "a bad address was given"),
    EBUSY(16, "busy"),
    EEXIST(17, "it exists already"),
    ENODEV(19, "no such device"),
    EINVAL(22, "invalid: an attribute, instruction or size that this kernel does not take"),
    EMFILE(24, "too many open files"),
    ENOSPC(28, "no space: the verifier's log or the output buffer is full"),
    ERANGE(34, "out of range"),
    ENOSYS(38, "this kernel was built without bpf(2)"),
    EMSGSIZE(90, "a message is too long"),
    EPROTO(71, "protocol error"),
    EOPNOTSUPP(95, "not supported"),
    EAFNOSUPPORT(97, "address family not supported"),
    ETIMEDOUT(110, "timed out"),
    ENOTSUPP(524, "this program type cannot be run, or this kernel cannot do it");
    // @formatter:on

    private final int number;
    private final String meaning;

    Errno(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** Name and meaning of an error number, for messages: {@code EPERM (1): not permitted: …}. */
    static String describe(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno + " (" + number + "): " + errno.meaning;
            }
        }
        return "errno " + number;
    }

    /** Name of an error number, or {@code errno N}. */
    static String name(int number) {
        for (Errno errno : values()) {
            if (errno.number == number) {
                return errno.name();
            }
        }
        return "errno " + number;
    }

    int number() {
        return number;
    }

    /** Whether a failed call has this error. */
    boolean is(int result) {
        return result == -number;
    }
}
