// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far a long task is, for people who wait for it. For one thread. */
public interface Progress extends AutoCloseable {
    /** Inputs of fewer bytes than this are done before anybody could read it. */
    long WORTH_SHOWING = 8 << 20;

    /** Nothing is shown. */
    Progress NONE = bytes -> {
        // nobody looks
    };

    /** Says how many bytes of the input were used up. */
    void reached(long bytes);

    @Override
    default void close() {
        // nothing is held
    }

    /** A bar on standard error, which is a terminal. */
    static Progress bar(String what, long bytes) {
        // Opened for this alone: closing the bar must not close the stream that messages go to.
        PrintStream terminal = new PrintStream(new FileOutputStream(FileDescriptor.err));
        ProgressBar bar = new ProgressBarBuilder().setTaskName(what).setInitialMax(bytes).setUnit(" MB", 1 << 20).setUpdateIntervalMillis(
                200)
                .clearDisplayOnFinish().setStyle(ProgressBarStyle.ASCII).setConsumer(new ConsoleProgressBarConsumer(terminal) {
                    @Override
                    public void close() {
                        terminal.flush();
                    }
                }).build();
        return new Progress() {
            @Override
            public void reached(long position) {
                bar.stepTo(position);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}
