// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/**
 * Error numbers as Linux helpers and map operations return them, negated: {@code return -Errno.EINVAL}. Numbers from Linux
 * {@code include/uapi/asm-generic/errno-base.h} and {@code errno.h}.
 */
public final class Errno {
    /** Operation not permitted. */
    public static final long EPERM = 1;
    /** No such entry. */
    public static final long ENOENT = 2;
    /** Argument list too long; in maps: index out of range, or map full. */
    public static final long E2BIG = 7;
    /** Bad file descriptor; here: a value that is no map. */
    public static final long EBADF = 9;
    /** Try again; in ring buffers: no space now. */
    public static final long EAGAIN = 11;
    /** Out of memory. */
    public static final long ENOMEM = 12;
    /** Permission denied. */
    public static final long EACCES = 13;
    /** Bad address. */
    public static final long EFAULT = 14;
    /** Busy. */
    public static final long EBUSY = 16;
    /** The entry exists already. */
    public static final long EEXIST = 17;
    /** No such device. */
    public static final long ENODEV = 19;
    /** Invalid argument. */
    public static final long EINVAL = 22;
    /** No space left. */
    public static final long ENOSPC = 28;
    /** Result out of range. */
    public static final long ERANGE = 34;
    /** Value too large. */
    public static final long EOVERFLOW = 75;
    /** Waiting would never end. */
    public static final long EDEADLK = 35;
    /** Protocol error; of tunnel keys: another address family. */
    public static final long EPROTO = 71;
    /** Protocol not supported. */
    public static final long EPROTONOSUPPORT = 93;
    /** The socket is of the wrong kind. */
    public static final long ESOCKTNOSUPPORT = 94;
    /** The socket's protocol is another one. */
    public static final long EPROTOTYPE = 91;
    /** Operation not supported on this object. */
    public static final long EOPNOTSUPP = 95;

    /** Address family not supported. */
    public static final long EAFNOSUPPORT = 97;

    /** What Linux answers inside itself, and user space gets to see, if a kind of map does not have an operation: ENOTSUPP. */
    public static final long ENOTSUPP = 524;

    private Errno() {
    }
}
