//! Extensions and services to their forms in the waist.

use std::sync::Arc;

use super::lower::{Lower, service_options};
use super::symbols::DeclKind;
use crate::schema::{Attrs, Extension, Message, Method, Service};
use crate::syntax::proto::{Rpc, RpcType, ServiceItem};

impl<'a> Lower<'a> {
    pub(super) fn extension(&mut self, at: usize) -> Option<Extension> {
        let view = self.view;
        let decl = &view.decls[at];
        let DeclKind::Extension(field, extend) = decl.kind else {
            return None;
        };
        let scope = view.scope(decl.parent);
        let outer = match decl.parent {
            Some(parent) => self.features(parent as usize),
            None => self.own,
        };
        let lowered = self.extension_field(scope, outer, field);
        let extendee = self.message_name(scope, extend.extendee);
        let (mut lowered, extendee) = (lowered?, extendee?);
        lowered.json_name.name = format!("[{}]", decl.name).into();
        self.check_extension(&decl.name, &lowered, extendee, extend);
        Some(Extension {
            extendee: Arc::clone(&self.symbols.decl(extendee).name),
            name: Arc::clone(&decl.name),
            field: lowered,
        })
    }

    pub(super) fn service(&mut self, at: usize) -> Service {
        let decl = &self.view.decls[at];
        let DeclKind::Service(service) = decl.kind else {
            unreachable!("the caller looked at the kind");
        };
        let mut list = Vec::new();
        self.options(
            "ServiceOptions",
            service_options(service),
            &decl.name,
            &mut list,
        );
        let rpcs = service.items.iter().filter_map(|item| match item {
            ServiceItem::Rpc(rpc) => Some(&**rpc),
            ServiceItem::Option(_) => None,
        });
        let methods = rpcs
            .filter_map(|rpc| self.method(&decl.name, rpc))
            .collect();
        self.check_service(service);
        Service {
            name: Arc::clone(&decl.name),
            span: service.span,
            attrs: Attrs::new(list),
            methods,
        }
    }

    fn method(&mut self, scope: &str, rpc: &'a Rpc) -> Option<Method> {
        let mut list = Vec::new();
        for key in ["idempotency_level", "deprecated"] {
            self.simple(key, rpc.options.iter(), &mut list);
        }
        self.options("MethodOptions", rpc.options.iter(), scope, &mut list);
        let input = self.direction(scope, rpc.input);
        let output = self.direction(scope, rpc.output);
        Some(Method {
            name: self.named(rpc.name),
            input: input?,
            output: output?,
            attrs: Attrs::new(list),
            span: rpc.span,
        })
    }

    fn direction(&mut self, scope: &str, ty: RpcType) -> Option<Message> {
        let at = self.message_name(scope, ty.ty)?;
        Some(Message {
            name: Arc::clone(&self.symbols.decl(at).name),
            is_stream: ty.stream.is_some(),
            span: ty.ty.span,
        })
    }
}
