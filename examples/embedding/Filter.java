// SPDX-License-Identifier: Apache-2.0
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.vm.Vm;
import dev.bpf4j.vm.VmProgram;
import java.nio.charset.StandardCharsets;

/** A filter that a user brought: it gets a message as raw memory and says whether to keep it. Whatever it does, the host goes on. */
class Filter {
    /** Keeps messages that begin with an exclamation mark. */
    private static final String URGENT = """
            r0 = 0
            if r2 == 0 goto end
            r3 = *(u8 *)(r1 + 0)
            if r3 != 33 goto end
            r0 = 1
            end:
            exit
            """;

    /** Reads behind the end of the message. */
    private static final String BROKEN = """
            r1 += r2
            r0 = *(u8 *)(r1 + 0)
            exit
            """;

    /** Never ends. */
    private static final String ENDLESS = """
            again:
            goto again
            exit
            """;

    public static void main(String[] arguments) throws Exception {
        try (Vm vm = Vm.builder().budget(1_000_000).build()) {
            VmProgram urgent = vm.assemble("urgent", URGENT);
            for (String message : new String[] {"!fire", "all is well", ""}) {
                System.out.println("\"" + message + "\": " + keep(urgent, message));
            }
            System.out.println("broken: " + keep(vm.assemble("broken", BROKEN), "hello"));
            System.out.println("endless: " + keep(vm.assemble("endless", ENDLESS), "hello"));
        }
    }

    private static String keep(VmProgram filter, String message) {
        return switch (filter.run(message.getBytes(StandardCharsets.UTF_8))) {
            case Outcome.Returned(long r0) -> r0 != 0 ? "kept" : "dropped";
            case Outcome.Fault fault -> "dropped, the filter failed: " + fault.kind() + " at instruction " + fault.pc();
        };
    }
}
