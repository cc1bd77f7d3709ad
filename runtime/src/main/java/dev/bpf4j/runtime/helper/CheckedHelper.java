// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.Objects;

/**
 * A helper in Java behind the checks that its row asks for: every pointer argument is checked as an access at the call (Ruling 14), in the order
 * of the arguments, before the helper acts. A map argument that names no map is {@link dev.bpf4j.runtime.map.Maps#argument}'s affair.
 */
final class CheckedHelper implements HelperFunction {
    private final Argument[] arguments;
    private final HelperFunction function;
    private final long withoutMap;

    CheckedHelper(HelperRow row, HelperFunction function) {
        this.arguments = row.arguments().toArray(Argument[]::new);
        this.function = function;
        this.withoutMap = row.givesPointer() ? 0 : -Errno.EINVAL;
    }

    @Override
    public long call(Lane lane, long r1, long r2, long r3, long r4, long r5) {
        BpfMap map = null;
        for (int i = 0; i < arguments.length; i++) {
            Argument argument = arguments[i];
            long value = register(i, r1, r2, r3, r4, r5);
            boolean good = switch (argument.kind()) {
                case CTX -> Arguments.context(lane, value);
                case MAP -> (map = lane.machine().maps().argument(lane, value)) != null;
                case KEY -> Arguments.check(lane, value, Objects.requireNonNull(map).definition().keySize(), false);
                case VALUE -> Arguments.check(lane, value, Objects.requireNonNull(map).definition().valueSize(), false);
                case VALUE_OUT -> Arguments.check(lane, value, Objects.requireNonNull(map).definition().valueSize(), true);
                case IN -> Arguments.check(lane, value, size(argument, r1, r2, r3, r4, r5), false);
                case OUT, INOUT -> Arguments.check(lane, value, size(argument, r1, r2, r3, r4, r5), true);
                case SIZE, INT, U32, U64, FUNC, STR, ANY -> true;
            };
            if (!good) {
                return withoutMap;
            }
        }
        return function.call(lane, r1, r2, r3, r4, r5);
    }

    private static long size(Argument argument, long r1, long r2, long r3, long r4, long r5) {
        return argument.sizedByArgument() ? register(argument.extent(), r1, r2, r3, r4, r5) & 0xffff_ffffL : argument.fixedSize();
    }

    private static long register(int index, long r1, long r2, long r3, long r4, long r5) {
        return switch (index) {
            case 0 -> r1;
            case 1 -> r2;
            case 2 -> r3;
            case 3 -> r4;
            default -> r5;
        };
    }

}
