package io.jenkins.plugins.octopod.engine.cluster;

import io.soabase.recordbuilder.core.RecordBuilder;

/** Marks a record with many components, several of the same type. The compiler writes a builder that names each value. */
@RecordBuilder.Template(
        options = @RecordBuilder.Options(enableWither = false, enableGetters = false, addStaticBuilder = false))
@interface Buildable {}
