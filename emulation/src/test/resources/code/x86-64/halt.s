# stops the processor.
        hlt
