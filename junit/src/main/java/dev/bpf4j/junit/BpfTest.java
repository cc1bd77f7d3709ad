// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Gives the tests of a class, or one of its methods, a {@link BpfMachine} with an object loaded into it. */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BpfExtension.class)
public @interface BpfTest {
    /** The object: a file, relative to the working directory of the tests, or {@code classpath:} and the name of a resource. */
    String value();

    /** The engine that runs the programs; {@code auto} chooses. */
    String engine() default "auto";

    /** Number of CPUs that the programs see. */
    int lanes() default 1;
}
