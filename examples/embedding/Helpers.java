// SPDX-License-Identifier: Apache-2.0
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.vm.Vm;
import dev.bpf4j.vm.VmProgram;
import java.nio.charset.StandardCharsets;

/** A helper of the host's own, which programs call by its number. */
class Helpers {
    /** Logs the message and gives its length. */
    private static final String PROGRAM = """
            call 1000
            r0 += 1
            exit
            """;

    public static void main(String[] arguments) throws Exception {
        try (Vm vm = Vm.builder().helper(1000, "log", (lane, r1, r2, r3, r4, r5) -> log(lane, r1, r2)).build()) {
            VmProgram program = vm.assemble("logs", PROGRAM);
            System.out.println(program.run("hello".getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Arguments are the program's and may be anything: they are checked like an access of its own. */
    private static long log(Lane lane, long address, long length) {
        if (length < 0 || length > 100 || !lane.check(address, (int) length, false)) {
            return -1;
        }
        System.out.println("the program says " + new String(lane.read(address, (int) length), StandardCharsets.UTF_8));
        return length;
    }
}
