// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.Progress;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.InputFile;
import dev.bpf4j.cli.input.ObjectSettings;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.elf.ElfObject;
import dev.bpf4j.runtime.LoadException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpf4j inspect}: what is in an object, or what of the objects in a folder works here. */
public final class InspectCommand implements Subcommand.Task {
    private static final String EXPECTED = "an ELF object";
    private static final int ELF_MAGIC = 0x7f45_4c46;

    @Parameters(paramLabel = "OBJECT", description = "An ELF object; with --all a folder.") private Path object = Path.of("");

    @Option(names = "--all", description = "Look at every eBPF object in the folder and the folders in it: does it load, does a machine take each program, what does each ask for that is missing. Ends with 4 if anything is missing.") private boolean all;

    @Mixin private ObjectSettings objectSettings = new ObjectSettings();

    @Option(names = "--relocations", description = "List every relocation, not only how many there are. JSON has them always.") private boolean relocations;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private OutputFormat format = OutputFormat.TEXT;

    @Override
    public List<String> examples() {
        return List.of("bpf4j inspect examples/xdp_firewall.bpf.o", "bpf4j inspect examples/xdp_firewall.bpf.o --relocations",
                "bpf4j inspect examples/xdp_firewall.bpf.o --format json", "bpf4j inspect --all examples");
    }

    @Override
    public ExitCode run(Console console) throws IOException, LoadException {
        if (all) {
            return survey(console);
        }
        byte[] bytes = InputFile.read(object, ElfObject.MAX_FILE, EXPECTED);
        if (bytes.length < 4 || ByteBuffer.wrap(bytes).getInt() != ELF_MAGIC) {
            throw new UserError(object + ": does not start like " + EXPECTED);
        }
        BpfObject read = BpfObject.parse(bytes, object.toString(), objectSettings.options());
        objectSettings.check(read);
        switch (format) {
            case TEXT -> new InspectText(read, relocations).print(console.out());
            case JSON -> new InspectJson(read).print(console.out());
        }
        return ExitCode.OK;
    }

    private ExitCode survey(Console console) throws IOException {
        if (!Files.isDirectory(object)) {
            throw new UserError(object + ": is no folder, expected one with eBPF objects; without --all an object is shown");
        }
        if (relocations) {
            throw new UserError("--relocations is for one object, not for --all");
        }
        long bytes = console.interactive() ? Survey.size(object) : 0;
        Survey survey;
        try (Progress progress = bytes >= Progress.WORTH_SHOWING ? Progress.bar("inspect", bytes) : Progress.NONE) {
            survey = Survey.of(object, objectSettings.options(), progress);
        }
        if (survey.objects().isEmpty()) {
            throw new UserError(object + ": there is no eBPF object in this folder" + (survey.others() == 0 ? ", it is empty"
                    : ", only "
                            + Printable.count(survey.others(), "other file")));
        }
        switch (format) {
            case TEXT -> new SurveyText(survey).print(console.out());
            case JSON -> new SurveyJson(survey).print(console.out());
        }
        return survey.good() ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }
}
