// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.cli.capture.CaptureException;
import dev.bpf4j.cli.capture.CaptureReader;
import dev.bpf4j.cli.capture.CapturedPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The inputs of a run, one after the other. For one thread. */
sealed interface Feed extends AutoCloseable {
    /**
     * The next input; null at the end.
     *
     * @throws CaptureException if a capture is malformed here
     */
    @Nullable
    Input next() throws IOException;

    /** Bytes of the source that were used up. */
    default long position() {
        return 0;
    }

    /** Bytes of the source; -1 if nobody knows. */
    default long size() {
        return -1;
    }

    @Override
    void close() throws IOException;

    /** One input. */
    final class Single implements Feed {
        private @Nullable Input input;

        Single(Input input) {
            this.input = input;
        }

        @Override
        public @Nullable Input next() {
            Input only = input;
            input = null;
            return only;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    /** The packets of a capture. */
    final class Capture implements Feed {
        private final CaptureReader reader;
        private final ContextKind kind;
        private final long size;

        Capture(Path file, ContextKind kind) throws IOException {
            this.reader = CaptureReader.open(file);
            this.kind = kind;
            this.size = Files.isRegularFile(file) ? Files.size(file) : -1;
        }

        @Override
        public @Nullable Input next() throws IOException {
            CapturedPacket packet = reader.next();
            return packet == null ? null : new Input(kind, packet.bytes(), packet);
        }

        /** Whether times may be finer than microseconds. */
        boolean nanoseconds() {
            return reader.nanoseconds();
        }

        @Override
        public long position() {
            return reader.position();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
